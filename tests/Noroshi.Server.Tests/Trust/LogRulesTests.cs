using System.Text.RegularExpressions;
using Shouldly;
using Xunit;

namespace Noroshi.Server.Tests.Trust;

/// <summary>Logs hold ids, numbers, codes and durations. What was given, by whom, and every secret stays out by construction.</summary>
public sealed partial class LogRulesTests
{
    /// <summary>Types that cannot hold content.</summary>
    private static readonly HashSet<string> Plain = new(StringComparer.Ordinal)
    {
        "bool",
        "byte",
        "int",
        "long",
        "uint",
        "ulong",
        "double",
        "Guid",
        "TimeSpan",
        "DateTimeOffset",
        "DateOnly",
        "ProvisionId",
        "EvidenceId",
        "Lane",
        "RetentionClass",
        "JailGrade",
    };

    /// <summary>Texts that are words of the hub itself or of the administrator's settings.</summary>
    private static readonly HashSet<string> Words = new(StringComparer.Ordinal)
    {
        "id",
        "actor",
        "action",
        "code",
        "error",
        "step",
        "kind",
        "lane",
        "policy",
        "route",
        "reason",
        "state",
        "folder",
        "file",
        "address",
        "addresses",
        "grade",
        "place",
        "method",
        "fingerprint",
    };

    [Fact]
    public void Every_log_message_is_a_declared_one()
    {
        foreach (var (file, code) in Source.Product)
        {
            LooseCall().Match(code).Value.ShouldBe("", file);
        }
    }

    [Fact]
    public void No_log_message_takes_content()
    {
        foreach (var (file, code) in Source.Product)
        {
            foreach (Match message in Declared().Matches(code))
            {
                foreach (var parameter in Parameters(message.Groups["parameters"].Value))
                {
                    Problem(parameter).ShouldBe("", $"{file}: {message.Groups["name"].Value}");
                }
            }
        }
    }

    [Theory]
    [InlineData("ILogger logger", "")]
    [InlineData("this ILogger<X> logger", "")]
    [InlineData("long number", "")]
    [InlineData("int? count", "")]
    [InlineData("string stepId", "")]
    [InlineData("string subject", "string subject")]
    [InlineData("MailFacts mail", "MailFacts mail")]
    [InlineData("byte[] raw", "byte[] raw")]
    [InlineData("Organization organization", "Organization organization")]
    [InlineData("object anything", "object anything")]
    [InlineData("Exception exception", "Exception exception")]
    public void The_rule_tells_what_may_be_logged(string parameter, string problem) => Problem(parameter).ShouldBe(problem);

    [Fact]
    public void The_product_writes_to_the_terminal_in_its_command_line_only()
    {
        foreach (var (file, code) in Source.Product.Where(one => !one.File.StartsWith("src/Noroshi.Server/Cli/", StringComparison.Ordinal)))
        {
            // The setup token is shown once where the hub is started, and is gone with its first use.
            if (file is "src/Noroshi.Server/Program.cs" or "src/Noroshi.Worker/Program.cs" or "src/Noroshi.Server/Identity/IdentityWork.cs")
            {
                continue;
            }

            ToTerminal().Match(code).Value.ShouldBe("", file);
        }
    }

    /// <summary>Empty when the parameter cannot carry content.</summary>
    private static string Problem(string parameter)
    {
        var words = parameter.Split(' ', StringSplitOptions.RemoveEmptyEntries).Where(word => word != "this").ToArray();
        var (type, name) = (words[^2].TrimEnd('?'), words[^1]);
        if (type.StartsWith("ILogger", StringComparison.Ordinal) || Plain.Contains(type))
        {
            return "";
        }

        // An exception's text may quote what it failed on: its type's name is logged instead.
        var word =
            type == "string"
            && (Words.Contains(name) || name.EndsWith("Id", StringComparison.Ordinal) || name.EndsWith("Type", StringComparison.Ordinal));
        return word ? "" : string.Join(' ', words);
    }

    private static IEnumerable<string> Parameters(string list)
    {
        var depth = 0;
        var from = 0;
        for (var i = 0; i <= list.Length; i++)
        {
            if (i == list.Length || (list[i] == ',' && depth == 0))
            {
                if (list[from..i].Trim() is { Length: > 0 } one)
                {
                    yield return one;
                }

                from = i + 1;
            }
            else
            {
                depth += list[i] switch
                {
                    '<' or '(' => 1,
                    '>' or ')' => -1,
                    char => 0,
                };
            }
        }
    }

    [GeneratedRegex(
        @"\.Log(Trace|Debug|Information|Warning|Error|Critical)?\(\s*(LogLevel|""|\$|new EventId|exception|error)|LoggerMessage\.Define",
        RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex LooseCall();

    [GeneratedRegex(@"\[LoggerMessage\b[^;]*?\bpartial void (?<name>\w+)\((?<parameters>[^;]*?)\)\s*;", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Declared();

    [GeneratedRegex(@"\bConsole\.(Out|Error|Write|WriteLine|OpenStandard\w+)\b", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex ToTerminal();
}
