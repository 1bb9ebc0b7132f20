import Datasets
import Foundation
import Testing
import Training

@Suite struct ScheduleTests {
  @Test func `the linear schedule is that of microgpt`() {
    for step in 0..<1000 { #expect(Schedule.linear.factor(step: step, of: 1000) == 1 - Double(step) / 1000) }
  }

  @Test func `the cosine schedule is half a cosine`() {
    var worst = 0.0
    for step in 0..<5000 {
      let expected = 0.5 * (1 + cos(Double.pi * Double(step) / 5000))
      worst = max(worst, abs(Schedule.cosine.factor(step: step, of: 5000) - expected))
    }
    #expect(worst < 1e-15, "the worst error is \(worst)")
  }

  @Test(arguments: Schedule.allCases) func `warmup rises to the peak`(schedule: Schedule) {
    let factors = (0..<100).map { schedule.factor(step: $0, of: 100, warmup: 10) }
    for step in 0..<10 { #expect(factors[step] == Double(step + 1) / 10) }
    #expect(factors[10] == 1)
    #expect(factors.allSatisfy { 0...1 ~= $0 })
    #expect(schedule == .constant || factors[99] < 0.02)
  }
}
