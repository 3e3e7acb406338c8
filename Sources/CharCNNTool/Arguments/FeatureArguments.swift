public import ArgumentParser
public import CharCNN

extension FeatureLevel: ExpressibleByArgument {}
extension Pooling: ExpressibleByArgument {}
extension Similarity: ExpressibleByArgument {}
