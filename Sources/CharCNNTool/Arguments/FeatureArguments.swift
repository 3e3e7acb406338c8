#if Tool
public import ArgumentParser
public import CharCNN
import CharCNNCompute

extension FeatureLevel: ExpressibleByArgument {}
extension Pooling: ExpressibleByArgument {}
extension Similarity: ExpressibleByArgument {}
#endif
