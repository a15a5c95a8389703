package io.dayflow.hub.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class DeedsTest {

    private static final Pattern WORD = Pattern.compile("`([a-z_]*)\\.([a-z_-]+)`");

    @Test
    void everyDeedIsInTheListOfWhatIsTold() throws IOException {
        var text = Files.readString(Path.of("docs/audit.md"));
        var told = new HashSet<String>();
        text.substring(text.indexOf("## What is told"), text.indexOf("## Reading it"))
                .lines()
                .filter(line -> line.startsWith("| `"))
                .forEach(line -> {
                    var noun = "";
                    var words = WORD.matcher(line.split("\\|")[1]);
                    while (words.find()) {
                        noun = words.group(1).isEmpty() ? noun : words.group(1);
                        told.add(noun + "." + words.group(2));
                    }
                });
        assertThat(told).containsAll(Arrays.stream(Deed.values()).map(Deed::id).toList());
    }
}
