using System.Globalization;
using System.Text;
using Noroshi.MailAnatomy.FileTypes.Traits;
using Noroshi.MailAnatomy.Findings;

namespace Noroshi.MailAnatomy.FileTypes.OpenXml;

/// <summary>The codes by which a format reports what its fields and links do.</summary>
internal sealed record LinkCodes(FindingCode Dde, FindingCode RemoteObject, FindingCode RemoteContent, FindingCode OddLink)
{
    /// <summary>Codes of packages.</summary>
    public static LinkCodes OpenXml { get; } =
        new(FindingCodes.OpenXml.Dde, FindingCodes.OpenXml.RemoteObject, FindingCodes.OpenXml.RemoteContent, FindingCodes.OpenXml.OddLink);
}

/// <summary>Field instructions of Word (ECMA-376 part 1, clause 17.16), the same in packages and in RTF.</summary>
internal static class FieldCode
{
    private const int MaxInstruction = 16_384;

    /// <summary>Judges one instruction whose pieces were joined.</summary>
    /// <param name="instruction">Text between the field's begin and its separator.</param>
    /// <param name="where">Place for people.</param>
    /// <param name="sink">Takes traits, findings and texts.</param>
    /// <param name="codes">Codes of the format.</param>
    public static void Judge(string instruction, string where, TraitSink sink, LinkCodes codes)
    {
        var words = Words(instruction);
        if (words.Count == 0)
        {
            return;
        }

        var name = words[0].ToUpperInvariant();
        var target = words.Skip(1).FirstOrDefault(word => !word.StartsWith('\\') || word.StartsWith(@"\\", StringComparison.Ordinal)) ?? "";
        switch (name)
        {
            case "DDE" or "DDEAUTO":
                var command = string.Join(' ', words.Skip(1));
                sink.Add(codes.Dde, $"{where}: {name} {command}");
                sink.Add(TraitKinds.Common.CommandLine, command, $"{where} {name}");
                sink.AddText(command);
                break;
            case "HYPERLINK":
                sink.AddText(target);
                if (LinkTarget.Of(target) == TargetPlace.Odd)
                {
                    sink.Add(codes.OddLink, $"{where}: {target}");
                }

                break;
            case "INCLUDEPICTURE":
                Outside(target, name, codes.RemoteContent, where, sink, codes);
                break;
            case "LINK":
                // LINK names the class of the object before the file.
                var file = words.Skip(2).FirstOrDefault(word => word is not ['\\', not '\\', ..]) ?? target;
                Outside(file, name, codes.RemoteObject, where, sink, codes);
                break;
            case "INCLUDETEXT" or "INCLUDE" or "IMPORT" or "RD" or "DATABASE":
                Outside(target, name, codes.RemoteObject, where, sink, codes);
                break;
        }
    }

    /// <summary>What a QUOTE field of character numbers spells; null for any other field.</summary>
    public static string? Quoted(string instruction)
    {
        var words = Words(instruction);
        if (words.Count < 2 || !words[0].Equals("QUOTE", StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        var text = new StringBuilder();
        foreach (var word in words.Skip(1))
        {
            if (int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is > 0 and < 0xD800)
            {
                text.Append((char)number);
            }
            else if (!word.StartsWith('\\'))
            {
                text.Append(word);
            }
        }

        return text.ToString();
    }

    private static void Outside(string target, string field, FindingCode web, string where, TraitSink sink, LinkCodes codes)
    {
        var place = LinkTarget.Of(target);
        if (place == TargetPlace.Inside)
        {
            return;
        }

        sink.Add(TraitKinds.Common.ExternalTarget, target, $"{where} {field}");
        sink.AddText(target);
        var code =
            place == TargetPlace.Odd ? codes.OddLink
            : place == TargetPlace.Web ? web
            : codes.RemoteContent;
        sink.Add(code, $"{where}: {field} {target}");
    }

    /// <summary>Words of the instruction; quoted ones without their quotes, doubled backslashes made single.</summary>
    private static List<string> Words(string instruction)
    {
        var words = new List<string>();
        var text = instruction.AsSpan(0, Math.Min(instruction.Length, MaxInstruction));
        var at = 0;
        while (at < text.Length && words.Count < 256)
        {
            if (char.IsWhiteSpace(text[at]) || char.IsControl(text[at]))
            {
                at++;
            }
            else if (text[at] is '"' or '\u201C' or '\u201D')
            {
                var end = text[(at + 1)..].IndexOfAny('"', '\u201C', '\u201D');
                var inner = end < 0 ? text[(at + 1)..] : text.Slice(at + 1, end);
                words.Add(Unescape(inner));
                at = end < 0 ? text.Length : at + end + 2;
            }
            else
            {
                var end = at;
                while (end < text.Length && !char.IsWhiteSpace(text[end]) && text[end] != '"')
                {
                    end++;
                }

                words.Add(text[at..end].ToString());
                at = end;
            }
        }

        return words;
    }

    /// <summary>Backslashes are written double; the two of a share that somebody forgot to double stay two.</summary>
    private static string Unescape(ReadOnlySpan<char> inner)
    {
        var text = inner.ToString();
        var bare = text.StartsWith(@"\\", StringComparison.Ordinal) && !text.StartsWith(@"\\\\", StringComparison.Ordinal);
        var once = text.Replace(@"\\", @"\", StringComparison.Ordinal);
        return bare ? @"\" + once : once;
    }
}

/// <summary>Joins the pieces of nested fields as they come.</summary>
/// <param name="where">Place for people.</param>
/// <param name="sink">Takes what the fields do.</param>
/// <param name="codes">Codes of the format.</param>
internal sealed class FieldStack(string where, TraitSink sink, LinkCodes codes)
{
    private const int MaxDepth = 32;
    private const int MaxFields = 20_000;
    private const int MaxCharacters = 16_384;

    private readonly Stack<StringBuilder?> _open = new();
    private int _deeper;
    private int _fields;

    /// <summary>A field begins.</summary>
    public void Begin()
    {
        if (_open.Count >= MaxDepth)
        {
            _deeper++;
            return;
        }

        _open.Push(new StringBuilder());
    }

    /// <summary>A piece of instruction.</summary>
    public void Add(string text)
    {
        if (_open.TryPeek(out var top) && top is not null && top.Length < MaxCharacters)
        {
            top.Append(text);
        }
    }

    /// <summary>The instruction is whole; what follows is its result.</summary>
    public void Separate()
    {
        if (_deeper == 0 && _open.TryPop(out var top))
        {
            Judge(top);
            _open.Push(null);
        }
    }

    /// <summary>The field ends.</summary>
    public void End()
    {
        if (_deeper > 0)
        {
            _deeper--;
        }
        else if (_open.TryPop(out var top))
        {
            Judge(top);
        }
    }

    /// <summary>Everything that is still open ends.</summary>
    public void Finish()
    {
        _deeper = 0;
        while (_open.Count > 0)
        {
            End();
        }
    }

    private void Judge(StringBuilder? instruction)
    {
        if (instruction is not { Length: > 0 } || ++_fields > MaxFields)
        {
            return;
        }

        var text = instruction.ToString();
        if (FieldCode.Quoted(text) is { } quoted)
        {
            // A QUOTE of character numbers inside another field is a part of that field's instruction.
            Add(quoted);
        }

        FieldCode.Judge(text, where, sink, codes);
    }
}
