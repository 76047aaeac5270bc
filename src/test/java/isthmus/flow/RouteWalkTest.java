package isthmus.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.camel.model.ProcessorDefinition;
import org.apache.camel.model.RemoveHeadersDefinition;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.ToDefinition;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;

@NullUnmarked
class RouteWalkTest {

    @Test
    void dropsEveryHeaderRightAfterEveryStepThatReachesOutside() throws Exception {
        try (TestHub hub = TestHub.of(Map.of())) {
            List<String> open = new ArrayList<>();
            int outside = 0;
            for (RouteDefinition route : hub.context.getRouteDefinitions()) {
                List<ProcessorDefinition<?>> steps = new ArrayList<>();
                flatten(route.getOutputs(), steps);
                for (int i = 0; i < steps.size(); i++) {
                    if (steps.get(i) instanceof ToDefinition to && !to.getUri().startsWith("direct:")) {
                        outside++;
                        boolean isGuarded = i + 1 < steps.size()
                                && steps.get(i + 1) instanceof RemoveHeadersDefinition removing
                                && removing.getPattern().equals("*")
                                && removing.getExcludePatterns() == null;
                        if (!isGuarded) {
                            open.add(route.getRouteId() + " " + to.getUri());
                        }
                    }
                }
            }

            assertThat(open).isEmpty();
            assertThat(outside).isEqualTo(7);
        }
    }

    private static void flatten(List<ProcessorDefinition<?>> outputs, List<ProcessorDefinition<?>> into) {
        for (ProcessorDefinition<?> step : outputs) {
            into.add(step);
            flatten(step.getOutputs(), into);
        }
    }
}
