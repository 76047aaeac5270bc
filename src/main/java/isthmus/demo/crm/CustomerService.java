package isthmus.demo.crm;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;

/** The two questions that the CRM answers, over the files of {@code crm/} as they were when they were last read. */
final class CustomerService {
    static final String NAMESPACE = "http://crm.example/customer/v1";
    private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

    /** What is on file, replaced as a whole. */
    private record Files(Ledger customers, Ledger workOrders) {
        static Files read(Path crm) throws IOException {
            return new Files(
                    Ledger.read(crm.resolve("customers.jsonl"), "customerNo"),
                    Ledger.read(crm.resolve("workorders.jsonl"), "orderNo"));
        }
    }

    private final Path crm;
    private final Clock clock;
    private volatile Files files;

    CustomerService(Path crm, Clock clock) throws IOException {
        this.crm = crm;
        this.clock = clock;
        this.files = Files.read(crm);
    }

    void readAgain() throws IOException {
        files = Files.read(crm);
    }

    byte[] answer(Request request) throws Request.Refused {
        Files now = files;
        return switch (request.operation()) {
            case "GetChangedCustomers" -> page(request, "customer", now.customers());
            case "GetChangedWorkOrders" -> page(request, "workOrder", now.workOrders());
            default -> throw new Request.Refused("soap:Client", "no such operation");
        };
    }

    private byte[] page(Request request, String element, Ledger ledger) throws Request.Refused {
        String time = LocalDateTime.now(clock.withZone(ZONE))
                .truncatedTo(ChronoUnit.SECONDS)
                .toString();
        try {
            return Answer.page(request.operation(), element, time, Page.of(ledger, request));
        } catch (IllegalArgumentException e) {
            throw new Request.Refused("soap:Client", "not a page token");
        }
    }
}
