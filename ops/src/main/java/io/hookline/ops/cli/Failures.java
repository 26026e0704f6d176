package io.hookline.ops.cli;

import io.hookline.ops.kafka.KafkaUnreachableException;
import io.hookline.ops.kafka.NoRegistryException;
import io.hookline.ops.topic.PartitionsDifferException;
import io.hookline.schemas.config.InvalidSettingsException;
import io.hookline.schemas.config.Suggestion;
import io.hookline.schemas.registry.RegistryException;
import io.hookline.schemas.topic.UnusableTopicsException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.util.Set;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** The one place that turns an exception into words for the user and an exit code. */
final class Failures implements IExecutionExceptionHandler, IParameterExceptionHandler {
    private static final String DEBUG = "HOOKLINE_DEBUG";

    private final Console console;

    Failures(Console console) {
        this.console = console;
    }

    @Override
    public int handleExecutionException(Exception failure, CommandLine command, ParseResult parsed) {
        if (failure instanceof ParameterException parameter) {
            return handleParseException(parameter, new String[0]);
        }
        console.say("error: " + message(failure));
        if (console.variable(DEBUG, value -> value) != null) {
            failure.printStackTrace(console.err());
        }
        return exitCode(failure);
    }

    @Override
    public int handleParseException(ParameterException failure, String[] args) {
        console.say("error: " + failure.getMessage());
        if (failure instanceof UnmatchedArgumentException unmatched
                && !unmatched.getUnmatched().isEmpty()) {
            suggest(unmatched.getUnmatched().get(0), unmatched.getCommandLine());
        }
        console.say("Try '" + failure.getCommandLine().getCommandSpec().qualifiedName() + " --help'.");
        return ExitCode.USAGE;
    }

    private void suggest(String given, CommandLine command) {
        Set<String> known = given.startsWith("-")
                ? command.getCommandSpec().optionsMap().keySet()
                : command.getSubcommands().keySet();
        Suggestion.nearest(given, known).ifPresent(near -> console.say("Did you mean '" + near + "'?"));
    }

    private static int exitCode(Throwable failure) {
        if (failure instanceof CommandException command) {
            return command.exitCode();
        }
        if (failure instanceof KafkaUnreachableException
                || failure instanceof RegistryException.Unreachable
                || failure instanceof TimeoutException) {
            return ExitCode.UNREACHABLE;
        }
        if (failure instanceof InvalidSettingsException
                || failure instanceof ConfigException
                || failure instanceof NoRegistryException) {
            return ExitCode.USAGE;
        }
        if (failure instanceof PartitionsDifferException) {
            return ExitCode.CONFLICT;
        }
        return failure instanceof UnusableTopicsException || failure instanceof UnknownTopicOrPartitionException
                ? ExitCode.NOT_FOUND
                : ExitCode.FAILED;
    }

    private static String message(Throwable failure) {
        if (failure instanceof AuthorizationException || failure instanceof AuthenticationException) {
            return "Kafka refused: " + failure.getMessage()
                    + " Check the credentials in the file of --command-config and this principal's ACLs.";
        }
        if (failure instanceof TimeoutException) {
            return "Kafka stopped answering: " + failure.getMessage() + " Is it running? Try again.";
        }
        if (failure instanceof InterruptException) {
            return "Interrupted.";
        }
        if (failure instanceof KafkaException || failure.getClass().getName().startsWith("io.hookline.")) {
            return describe(failure);
        }
        return describe(failure) + " (" + failure.getClass().getSimpleName() + "; set " + DEBUG
                + "=1 for the stack trace)";
    }

    /** An exception's message with what Java leaves out of it. */
    static String describe(Throwable failure) {
        if (failure instanceof NoSuchFileException) {
            return "there is no file " + failure.getMessage();
        }
        if (failure instanceof AccessDeniedException) {
            return "no permission for " + failure.getMessage();
        }
        String message = failure.getMessage();
        return message == null ? failure.getClass().getSimpleName() : message;
    }
}
