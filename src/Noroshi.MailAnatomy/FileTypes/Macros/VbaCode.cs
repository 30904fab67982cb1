using System.Text;
using Noroshi.MailAnatomy.FileTypes.Compound;
using Noroshi.MailAnatomy.FileTypes.Traits;
using Noroshi.MailAnatomy.Findings;

namespace Noroshi.MailAnatomy.FileTypes.Macros;

/// <summary>Judges the code of a project: what runs by itself, what it calls, and whether the source is what is compiled.</summary>
/// <param name="where">Storage of the project, for people.</param>
/// <param name="cache">The <c>_VBA_PROJECT</c> stream: the compiled project's names.</param>
/// <param name="facts">Takes what is found.</param>
internal sealed class VbaCode(string where, byte[] cache, DocumentFacts facts)
{
    // A few folded calls of Chr occur in honest code (quotation marks, line ends).
    private const int ManyTricks = 12;

    private readonly SortedSet<string> _autoRun = new(StringComparer.OrdinalIgnoreCase);
    private readonly SortedSet<string> _strong = new(StringComparer.OrdinalIgnoreCase);
    private readonly SortedSet<string> _weak = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Judges all modules together.</summary>
    public void Judge(List<VbaSource> modules)
    {
        var tricks = 0;
        foreach (var module in modules)
        {
            if (module.Code.Length == 0)
            {
                continue;
            }

            var folded = VbaStrings.Fold(module.Code, out var inModule);
            tricks += inModule;
            facts.Trait(TraitKinds.Macro.CodeHash, module.Hash(), $"{where}/{module.Name}");
            Procedures(module.Code);
            Calls(module.Code);
            Calls(folded);
            facts.Text(module.Code);
            facts.Text(folded);
        }

        foreach (var name in _autoRun)
        {
            facts.Trait(TraitKinds.Macro.AutoRun, name, where);
        }

        Report(tricks);
        Compare(modules);
    }

    private void Report(int tricks)
    {
        if (_autoRun.Count > 0)
        {
            facts.Finding(FindingCodes.Macro.AutoRun, $"{string.Join(", ", _autoRun)}: {where}");
        }

        if (_strong.Count > 0)
        {
            var calls = $"{string.Join(", ", _strong)}{(_weak.Count > 0 ? "; " : "")}{string.Join(", ", _weak)}: {where}";
            facts.Finding(_autoRun.Count > 0 ? FindingCodes.Macro.AutoRunProgram : FindingCodes.Macro.Calls, calls);
        }

        if (tricks >= ManyTricks)
        {
            facts.Finding(FindingCodes.Macro.Obfuscated, where);
        }
    }

    /// <summary>
    /// The compiled form runs when the version of Office fits, whatever the source says; a source that was taken out or exchanged hides it.
    /// Names that only the compiled form has also stay behind in honest projects when a procedure is deleted.
    /// </summary>
    private void Compare(List<VbaSource> modules)
    {
        foreach (var module in modules)
        {
            if (module.Text is null && module.Compiled == 0)
            {
                continue;
            }

            // A source of nothing but zeros or blanks, or none at all, while there is a compiled form.
            if (module.Text is null || module.Text.AsSpan().Trim("\0 \r\n\t").IsEmpty)
            {
                if (module.Compiled > 0 || module.Text is not null)
                {
                    facts.Finding(FindingCodes.Macro.SourceRemoved, $"{where}/{module.Name}");
                }
            }
        }

        var names = Cached(modules);
        if (names.Count == 0)
        {
            return;
        }

        var detail = $"{string.Join(", ", names)}: {where}";
        facts.Finding(
            modules.TrueForAll(module => module.Code.Length == 0) ? FindingCodes.Macro.SourceRemoved : FindingCodes.Macro.CacheDiffers,
            detail
        );
    }

    /// <summary>Procedures that run by themselves and stand in the compiled project only.</summary>
    private List<string> Cached(List<VbaSource> modules)
    {
        var names = new List<string>();
        foreach (var name in VbaSigns.Written)
        {
            var bytes = Encoding.ASCII.GetBytes(name);
            if (Holds(cache, bytes) && !modules.Exists(module => module.Code.Contains(name, StringComparison.OrdinalIgnoreCase)))
            {
                names.Add(name);
            }
        }

        return names;
    }

    /// <summary>The name as a whole word.</summary>
    private static bool Holds(ReadOnlySpan<byte> bytes, ReadOnlySpan<byte> name)
    {
        for (var at = bytes.IndexOf(name); at >= 0; )
        {
            var end = at + name.Length;
            if ((at == 0 || !IsLetter(bytes[at - 1])) && (end >= bytes.Length || !IsLetter(bytes[end])))
            {
                return true;
            }

            var next = bytes[end..].IndexOf(name);
            at = next < 0 ? -1 : end + next;
        }

        return false;
    }

    private static bool IsLetter(byte letter) => char.IsAsciiLetterOrDigit((char)letter) || letter == '_';

    /// <summary>Names behind <c>Sub</c> and <c>Function</c>.</summary>
    private void Procedures(string code)
    {
        foreach (var raw in code.AsSpan().EnumerateLines())
        {
            var line = raw.Trim();
            foreach (var modifier in (string[])["Public ", "Private ", "Friend ", "Static "])
            {
                line = line.StartsWith(modifier, StringComparison.OrdinalIgnoreCase) ? line[modifier.Length..].TrimStart() : line;
            }

            if (line.StartsWith("Declare ", StringComparison.OrdinalIgnoreCase))
            {
                _weak.Add("Declare");
            }

            var start =
                line.StartsWith("Sub ", StringComparison.OrdinalIgnoreCase) ? 4
                : line.StartsWith("Function ", StringComparison.OrdinalIgnoreCase) ? 9
                : 0;
            if (start > 0)
            {
                Procedure(line[start..].TrimStart());
            }
        }
    }

    private void Procedure(ReadOnlySpan<char> rest)
    {
        var length = 0;
        while (length < rest.Length && VbaStrings.IsWord(rest[length]))
        {
            length++;
        }

        var name = rest[..Math.Min(length, 64)];
        foreach (var known in VbaSigns.AutoRun)
        {
            if (name.Equals(known, StringComparison.OrdinalIgnoreCase))
            {
                _autoRun.Add(known);
                return;
            }
        }

        foreach (var ending in VbaSigns.AutoRunEvents)
        {
            if (_autoRun.Count < 32 && name.EndsWith(ending, StringComparison.OrdinalIgnoreCase))
            {
                _autoRun.Add(name.ToString());
            }
        }
    }

    private void Calls(string code)
    {
        foreach (var word in VbaSigns.Strong)
        {
            if (code.Contains(word, StringComparison.OrdinalIgnoreCase))
            {
                _strong.Add(word);
            }
        }

        foreach (var word in VbaSigns.Weak)
        {
            if (code.Contains(word, StringComparison.OrdinalIgnoreCase))
            {
                _weak.Add(word);
            }
        }

        if (CallsShell(code))
        {
            _strong.Add("Shell");
        }
    }

    /// <summary>The function <c>Shell</c>: the word, not part of another, with an argument behind it.</summary>
    private static bool CallsShell(string code)
    {
        const string Word = "Shell";
        for (var at = code.IndexOf(Word, StringComparison.OrdinalIgnoreCase); at >= 0; )
        {
            var end = at + Word.Length;
            var before = at == 0 ? ' ' : code[at - 1];
            var after = end < code.Length ? code[end] : ' ';
            var argument = code.AsSpan(end).TrimStart(' ');
            if (
                !VbaStrings.IsWord(before)
                && before is not ('"' or '.')
                && after is ' ' or '('
                && !argument.IsEmpty
                && (argument[0] is '(' or '"' || VbaStrings.IsWord(argument[0]))
            )
            {
                return true;
            }

            at = code.IndexOf(Word, end, StringComparison.OrdinalIgnoreCase);
        }

        return false;
    }
}
