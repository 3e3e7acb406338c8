#if Tool
public import ArgumentParser
public import CharCNN
import CharCNNCompute

extension FeatureOptions.Level: ExpressibleByArgument {}
extension Pooling: ExpressibleByArgument {}
extension VectorIndex.Similarity: ExpressibleByArgument {}
#endif
