/**
 * The faults of the world, played on real servers, with seeds.
 *
 * <ul>
 *   <li>F1, F8, F21: CrashTest, StoreAwayTest, BrokerAwayTest
 *   <li>F2, F3: store.LeasesTest
 *   <li>F4, F5, F16: CutDatabaseTest, CutPagesTest; F6: SlowSourceTest; F7: LostCommitTest; F11: MovingTableTest
 *   <li>F12: ClocksTest
 *   <li>F15: HugeResultTest, flow.BillingPullTest (streamsManyRowsThroughASmallHeap)
 *   <li>F17, F18, F20: TroubledFtpTest, flow.HostileFtpTest, CutFilesTest, source.InboxTest (doesNotBelieveATransferThatEndsEarly,
 *       closesTheLedgerBeforeItMovesTheFile), flow.MeteringPullTest (refusesAServerThatShowsAnotherHostKey)
 *   <li>F19: HostileFilesTest, flow.MeteringPullTest (refusesAWholeFileThatIsNotWhatItsFrameSays)
 *   <li>F24: PoisonTest, flow.MeteringPullTest (refusesBadLinesAndLetsTheirNeighboursPass)
 *   <li>F25: quarantine.QuarantineTest (aFixedMappingReleasesThePieceOnce,
 *       keepsTheVersionThatThePieceHadWhenItCame, releasesAllWithTheNewestVersionFirst)
 *   <li>F26: store.AnyOrderTest; F30: BrokenRoutesTest, catalog.CatalogReaderTest
 * </ul>
 */
package isthmus.chaos;
