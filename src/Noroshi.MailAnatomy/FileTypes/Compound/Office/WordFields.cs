using System.Text;
using Noroshi.MailAnatomy.FileTypes.Traits;
using Noroshi.MailAnatomy.Findings;

namespace Noroshi.MailAnatomy.FileTypes.Compound.Office;

/// <summary>
/// Fields of Word in the text itself (MS-DOC 2.8.25): 0x13 begins one, 0x14 parts its instruction from its result, 0x15 ends it. They nest,
/// and the results of inner ones belong to the instruction of the outer, which is how commands are hidden.
/// </summary>
internal static class WordFields
{
    private const int MaxFields = 2_000;
    private const int MaxDepth = 20;
    private const int MaxInstruction = 4_096;

    private sealed class Field
    {
        public StringBuilder Instruction { get; } = new();

        public bool InResult { get; set; }
    }

    /// <summary>Adds the targets and commands of the fields.</summary>
    public static void Add(string text, DocumentFacts facts)
    {
        var open = new Stack<Field>();
        var fields = 0;
        foreach (var letter in text)
        {
            switch (letter)
            {
                case '\u0013' when open.Count < MaxDepth && fields < MaxFields:
                    fields++;
                    open.Push(new Field());
                    break;
                case '\u0014' when open.TryPeek(out var field):
                    field.InResult = true;
                    break;
                case '\u0015' when open.TryPop(out var field):
                    Judge(field.Instruction.ToString().Trim(), facts);
                    break;
                default:
                    Append(open, letter);
                    break;
            }
        }

        // A field that never ends is read as it stands.
        foreach (var field in open)
        {
            Judge(field.Instruction.ToString().Trim(), facts);
        }
    }

    private static void Append(Stack<Field> open, char letter)
    {
        // What is shown of an inner field is part of the instruction around it: the innermost one that is not past its own mark takes it.
        foreach (var field in open)
        {
            if (!field.InResult)
            {
                if (letter >= ' ' && field.Instruction.Length < MaxInstruction)
                {
                    field.Instruction.Append(letter);
                }

                return;
            }
        }
    }

    private static void Judge(string instruction, DocumentFacts facts)
    {
        var end = instruction.AsSpan().IndexOfAny(" \t\"\\");
        var keyword = (end < 0 ? instruction : instruction[..end]).ToUpperInvariant();
        var where = $"WordDocument/{keyword}";
        switch (keyword)
        {
            case "DDE" or "DDEAUTO":
                facts.Finding(FindingCodes.Fields.Dde, instruction);
                facts.Trait(TraitKinds.Common.CommandLine, instruction, where);
                facts.Text(instruction);
                break;
            case "INCLUDEPICTURE" or "INCLUDETEXT" or "LINK" or "IMPORT" or "INCLUDE" or "RD" or "DATABASE":
                Target(instruction, where, loads: true, facts);
                break;
            case "HYPERLINK":
                Target(instruction, where, loads: false, facts);
                break;
            default:
                break;
        }
    }

    private static void Target(string instruction, string where, bool loads, DocumentFacts facts)
    {
        foreach (var argument in Arguments(instruction))
        {
            if (PathText.IsRemote(argument))
            {
                facts.Trait(TraitKinds.Common.ExternalTarget, argument, where);
                facts.Text(argument);
                if (loads)
                {
                    facts.Finding(FindingCodes.Fields.RemoteContent, $"{argument}: {where}");
                }
            }
            else if (PathText.IsPath(argument))
            {
                facts.Trait(TraitKinds.Common.OriginalPath, argument, where);
            }
        }
    }

    /// <summary>Words and quoted strings; backslashes are doubled in paths.</summary>
    private static List<string> Arguments(string instruction)
    {
        var arguments = new List<string>();
        var text = instruction.AsSpan();
        for (var at = 0; at < text.Length && arguments.Count < 32; )
        {
            if (text[at] == ' ')
            {
                at++;
                continue;
            }

            var quoted = text[at] is '"' or '\u201C';
            var from = quoted ? at + 1 : at;
            var length = quoted ? text[from..].IndexOfAny('"', '\u201D') : text[from..].IndexOf(' ');
            length = length < 0 ? text.Length - from : length;
            arguments.Add(Undoubled(text.Slice(from, length)));
            at = from + length + 1;
        }

        return arguments;
    }

    /// <summary><c>C:\\a</c> is <c>C:\a</c>; a share keeps the two it begins with.</summary>
    private static string Undoubled(ReadOnlySpan<char> argument)
    {
        var plain = argument.ToString().Replace(@"\\", @"\", StringComparison.Ordinal);
        return argument.StartsWith(@"\\") && !plain.StartsWith(@"\\", StringComparison.Ordinal) ? @"\" + plain : plain;
    }
}
