// Trains a classifier on values of the program's own type, in a task: with progress, and cancelled by whoever no longer waits.
import CharCNN

struct Ticket {
  enum Topic: String, CaseIterable { case payment, delivery, account }
  let body: String
  let topic: Topic
}

@main
struct TrainingInATask {
  static func main() async throws {
    let beginnings: [Ticket.Topic: [String]] = [
      .payment: ["The card was charged twice", "I want my money back", "The invoice is wrong"],
      .delivery: ["The parcel has not arrived", "The box was damaged", "It went to the wrong house"],
      .account: ["I cannot log in", "Please change my address", "My password does not work"],
    ]
    let tickets = (1...60).flatMap { number in
      beginnings.sorted { $0.key.rawValue < $1.key.rawValue }.flatMap { topic, texts in
        texts.map { Ticket(body: "\($0), order \(number).", topic: topic) }
      }
    }

    // The examples are members of the program's own type.
    let examples = Examples(tickets, text: \.body, label: \.topic)

    // 1. Wait for the model, and hear of every epoch.
    var options = ClassificationOptions()
    options.training.epochs = 4
    let (classifier, summary) = try await TextClassifier.train(on: examples, options: options) { event in
      if case .epoch(let epoch) = event { print("epoch \(epoch.epoch): accuracy \(epoch.validation.accuracy)") }
    }
    print("trained on \(tickets.count) tickets: accuracy \(summary.report.accuracy)")
    print(classifier.predictedLabel(for: "Where is my parcel?") ?? "unknown")

    // 2. The same as a sequence of events that ends with the model.
    for try await update in TextClassifier.training(on: examples, options: options) {
      switch update {
      case .progress(.step(let step)): print("\(Int(100 * step.fraction)) % done")
      case .finished(let model, _): print("a model with the labels \(model.labels.joined(separator: ", "))")
      default: break
      }
    }

    // 3. Whoever cancels the task gets an answer after the present step: the best model so far, or an error where there is none.
    options.training.epochs = 1_000
    let task = Task { [options] in try await TextClassifier.train(on: examples, options: options) }
    try await Task.sleep(for: .milliseconds(200))
    task.cancel()
    switch await task.result {
    case .success(let (_, summary)):
      print("cancelled in epoch \(summary.epochs), with the model of epoch \(summary.bestEpoch)")
    case .failure(is CancellationError): print("cancelled before there was a model")
    case .failure(let error): throw error
    }
  }
}
