import CKernels
import Testing

let trials: [Trial] =
  convolutionTrials + filteringTrials + tableTrials + activationTrials + normalizationTrials + poolingTrials
  + lossTrials + vectorTrials

/// The instruction sets besides the scalar one that this machine can run.
let fastSets: [ck_instructions] = [CK_AVX2, CK_AVX512, CK_NEON].filter { ck_kernels_for($0) != nil }

@Suite("Kernels")
struct KernelTests {
  @Test("Every instruction set agrees with the scalar one", arguments: fastSets, trials)
  func agreement(set: ck_instructions, trial: Trial) throws {
    let fast = try #require(ck_kernels_for(set)).pointee
    let scalar = try #require(ck_kernels_for(CK_SCALAR)).pointee
    let expected = trial.run(scalar, trial.whole)
    let disagreement = trial.disagreement(trial.run(fast, trial.whole), expected.map { Double($0) })
    #expect(disagreement == nil)
  }

  @Test("Ranges may be cut anywhere without changing a bit", arguments: fastSets + [CK_SCALAR], trials)
  func pieces(set: ck_instructions, trial: Trial) throws {
    let kernels = try #require(ck_kernels_for(set)).pointee
    let whole = trial.run(kernels, trial.whole).map { $0.bitPattern }
    let pieces = trial.run(kernels, trial.pieces).map { $0.bitPattern }
    #expect(whole == pieces)
  }

  @Test("The scalar set computes the formula", arguments: trials.filter { $0.expected != nil })
  func formula(trial: Trial) throws {
    let scalar = try #require(ck_kernels_for(CK_SCALAR)).pointee
    let formula = try #require(trial.expected)
    let disagreement = trial.disagreement(trial.run(scalar, trial.whole), formula())
    #expect(disagreement == nil)
  }

  @Test("The best set is one that can run, and knows its name")
  func best() throws {
    let best = try #require(ck_kernels_best()).pointee
    #expect(ck_kernels_for(best.instructions) != nil)
    #expect(["scalar", "avx2", "avx512", "neon"].contains(String(cString: best.name)))
    #expect(best.lanes >= 1)
    #expect(fastSets.isEmpty || best.instructions != CK_SCALAR)
  }

  @Test("The peak loop counts its operations", arguments: fastSets + [CK_SCALAR])
  func peak(set: ck_instructions) throws {
    let kernels = try #require(ck_kernels_for(set)).pointee
    var sink: Float = 0.999
    let once = kernels.peak(1, &sink)
    #expect(once > 0)
    #expect(kernels.peak(10, &sink) == 10 * once)
    #expect(sink.isFinite)
  }
}
