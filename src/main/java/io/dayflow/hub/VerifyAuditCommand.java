package io.dayflow.hub;

import io.dayflow.hub.audit.ChainHead;
import io.dayflow.hub.audit.Verdict;
import io.dayflow.hub.audit.VerifyAudit;
import io.dayflow.hub.storage.DataFolder;
import io.dayflow.hub.storage.DatabaseAccess;
import java.io.PrintStream;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.EnableConfigurationProperties;

/**
 * The command {@code --verify-audit}: looks whether the audit trail is as it was written, beside a running hub or without
 * one, says so and ends. Takes {@code --expect-head=<sequence>:<hash>}. Nothing of the hub is started but its embedded
 * database, if that is the one and does not run.
 */
@EnableConfigurationProperties(DataFolder.class)
final class VerifyAuditCommand {

    static final int SOUND = 0;
    static final int BROKEN = 1;
    static final int UNKNOWN = 2;

    private static final String NAME = "--verify-audit";
    private static final String EXPECT = "expect-head";

    private VerifyAuditCommand() {}

    static boolean isAskedFor(String... args) {
        return List.of(args).contains(NAME);
    }

    /** @return the process's exit code: 0 all is well, 1 the trail was tampered with, 2 it cannot be told */
    static int run(String[] args, PrintStream out) {
        try (var context = new SpringApplicationBuilder(VerifyAuditCommand.class)
                        .web(WebApplicationType.NONE)
                        .logStartupInfo(false)
                        .properties("logging.level.root=warn")
                        .run(args);
                var database = DatabaseAccess.open(context.getEnvironment(), context.getBean(DataFolder.class))) {
            var expected = expected(context.getEnvironment().getProperty(EXPECT));
            return say(new VerifyAudit(database.dataSource()).verify(expected), out);
        } catch (CannotStart | IllegalArgumentException | IllegalStateException explained) {
            out.println("The audit trail cannot be verified: " + explained.getMessage());
            return UNKNOWN;
        }
    }

    private static @Nullable ChainHead expected(@Nullable String text) {
        return text == null ? null : ChainHead.parse(text);
    }

    private static int say(Verdict verdict, PrintStream out) {
        return switch (verdict) {
            case Verdict.Sound sound -> {
                out.printf(
                        "The audit trail holds: %d lines after line %d, %d of them erased in part or whole; %d more are too"
                                + " new to be in the chain.%nhead %s%n",
                        sound.lines(), sound.anchor().sequence(), sound.erased(), sound.unsealed(), sound.head());
                yield SOUND;
            }
            case Verdict.Broken broken -> {
                out.printf(
                        "The audit trail does not hold at line %d%s: %s.%n",
                        broken.sequence(),
                        broken.auditId() == null ? "" : " (audit id " + broken.auditId() + ")",
                        broken.reason());
                yield BROKEN;
            }
            case Verdict.Unknown unknown -> {
                out.println("The audit trail cannot be compared: " + unknown.reason() + ".");
                yield UNKNOWN;
            }
        };
    }
}
