using Noroshi.MailAnatomy.FileTypes.Traits;
using Noroshi.MailAnatomy.Findings;
using Noroshi.MailAnatomy.Text.Charsets;

namespace Noroshi.MailAnatomy.FileTypes.Shortcuts;

/// <summary>Shortcuts that are text: sections with keys, markup, or lines of name, type and value. Linear in the text, which is bounded.</summary>
internal sealed class TextShortcuts(FileInspection inspection)
{
    private const int MaxBytes = 256 << 10;
    private const int MaxLines = 8_192;
    private const int MaxTargets = 16;

    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);
    private string? _target;
    private string? _icon;

    /// <summary>Looks into a file of the stated format.</summary>
    public static void Add(ReadOnlySpan<byte> bytes, string format, FileInspection inspection)
    {
        var reader = new TextShortcuts(inspection);
        bytes = bytes[..Math.Min(bytes.Length, MaxBytes)];
        if (bytes.StartsWith("bplist00"u8))
        {
            reader.BinaryPropertyList(bytes);
        }
        else
        {
            var text = CharsetDecoder.Decode(bytes, null).Text;
            if (format is "url" or "desktop" or "scf" or "rdp")
            {
                reader.Lines(text, format);
            }
            else
            {
                reader.Elements(text, format);
            }
        }

        reader.Judge(format);
    }

    private void Lines(string text, string format)
    {
        var section = "";
        var count = 0;
        foreach (var raw in text.AsSpan().EnumerateLines())
        {
            var line = raw.Trim();
            if (++count > MaxLines)
            {
                break;
            }

            if (line.StartsWith('[') && line.EndsWith(']'))
            {
                section = line[1..^1].ToString().ToLowerInvariant();
                continue;
            }

            var end = line.IndexOf(format == "rdp" ? ':' : '=');
            if (end <= 0 || line[0] is '#' or ';')
            {
                continue;
            }

            var key = line[..end].Trim().ToString().ToLowerInvariant();
            var value = line[(end + 1)..].Trim();
            if (format == "rdp")
            {
                var type = value.IndexOf(':');
                RemoteDesktop(key, type < 0 ? "" : value[(type + 1)..].Trim().ToString());
            }
            else
            {
                Key(section, key, value.ToString(), format);
            }
        }
    }

    private void Key(string section, string key, string value, string format)
    {
        var where = $"[{section}] {key}";
        switch (key)
        {
            case "url" or "baseurl":
                Target(value, where);
                break;
            case "iconfile" or "icon":
                Icon(value, where);
                break;
            case "workingdirectory" or "path":
                Trait(TraitKinds.Shortcut.WorkingDirectory, value, where);
                break;
            case "exec" or "tryexec":
                Command(value, where);
                break;
            case "command" when format == "scf" && section != "shell":
                Command(value, where);
                break;
            case "name" when format == "desktop":
                Trait(TraitKinds.Common.Title, value, where);
                break;
            case "hotkey" when ushort.TryParse(value, out var number) && HotKeys.Name(number) is { } name:
                Trait(TraitKinds.Shortcut.HotKey, name, where);
                break;
        }
    }

    private void RemoteDesktop(string key, string value)
    {
        switch (key)
        {
            case "full address" or "alternate full address" or "gatewayhostname":
                Target(value, key);
                break;
            case "username":
                Trait(TraitKinds.Shortcut.RemoteUser, value, key);
                break;
            case "alternate shell" or "remoteapplicationprogram" or "remoteapplicationcmdline":
                Trait(TraitKinds.Common.CommandLine, value, key);
                break;
            case "remoteapplicationname" or "remoteapplicationicon":
                Trait(TraitKinds.Common.Title, value, key);
                break;
            case "drivestoredirect" when value.Length > 0:
                inspection.Findings.Add(FindingCodes.Shortcut.RemoteSession.At($"{key} {value}"));
                break;
        }
    }

    /// <summary>Elements and attributes that lead elsewhere, found without a parser of XML: nothing is resolved, nothing nested.</summary>
    private void Elements(string text, string format)
    {
        var at = 0;
        var isUrl = false;
        for (var count = 0; count < MaxLines && at < text.Length; count++)
        {
            var open = text.IndexOf('<', at);
            var close = open < 0 ? -1 : text.IndexOf('>', open);
            if (close < 0)
            {
                return;
            }

            var tag = text.AsSpan(open + 1, close - open - 1);
            var next = text.IndexOf('<', close);
            var content = text.AsSpan(close + 1, (next < 0 ? text.Length : next) - close - 1).Trim();
            var name = tag[..(tag.IndexOfAny(" \t\r\n/") is var end and > 0 ? end : tag.Length)].ToString().ToLowerInvariant();
            at = close + 1;
            if (name is "key")
            {
                isUrl = content.Equals("URL", StringComparison.OrdinalIgnoreCase);
            }
            else
            {
                Element(name, Decoded(content), format, isUrl);
            }

            Attributes(name, tag);
        }
    }

    private void Element(string name, string value, string format, bool isUrl)
    {
        switch (name)
        {
            case "string" when isUrl && format == "webloc":
            case "url" or "location":
                Target(value, name);
                break;
            case "iconreference" or "icon":
                Icon(value, name);
                break;
            case "deeplink":
                Command(value, "DeepLink");
                break;
            case "title" or "displayname" or "vendor":
                Trait(TraitKinds.Common.Title, value, name);
                break;
        }
    }

    private void Attributes(string name, ReadOnlySpan<char> tag)
    {
        foreach (var key in (string[])["href", "codebase", "path", "main-class"])
        {
            var at = tag.IndexOf($"{key}=", StringComparison.OrdinalIgnoreCase);
            if (at <= 0 || at + key.Length + 2 >= tag.Length || tag[at + key.Length + 1] is not ('"' or '\''))
            {
                continue;
            }

            var rest = tag[(at + key.Length + 2)..];
            var end = rest.IndexOf(tag[at + key.Length + 1]);
            var value = Decoded(end < 0 ? rest : rest[..end]);
            if (key == "main-class")
            {
                Trait(TraitKinds.Common.CommandLine, value, $"{name} {key}");
            }
            else
            {
                Target(value, $"{name} {key}");
            }
        }
    }

    /// <summary>The text behind the key URL in a binary property list.</summary>
    private void BinaryPropertyList(ReadOnlySpan<byte> bytes)
    {
        var at = bytes.IndexOf("SURL"u8);
        var rest = at < 0 ? default : bytes[(at + 4)..];
        if (rest.IsEmpty || rest[0] >> 4 is not (5 or 6))
        {
            return;
        }

        // ASCII (5) or UTF-16 (6); 15 characters and more have their count in a number of 1, 2 or 4 bytes behind.
        var wide = rest[0] >> 4 == 6;
        var length = rest[0] & 15;
        var start = 1;
        if (length == 15 && rest.Length > 6)
        {
            var width = 1 << (rest[1] & 3);
            length = 0;
            for (var i = 0; i < Math.Min(width, 3); i++)
            {
                length = (length << 8) | rest[2 + i];
            }

            start = 2 + width;
        }

        var content = rest.Part(start, wide ? 2L * length : length);
        Target(wide ? System.Text.Encoding.BigEndianUnicode.GetString(content) : System.Text.Encoding.ASCII.GetString(content), "URL");
    }

    private void Target(string value, string where)
    {
        if (value.Length == 0 || _seen.Count >= MaxTargets || !_seen.Add(value))
        {
            return;
        }

        _target ??= value;
        inspection.Texts.Add(value);
        inspection.Traits.Add(TraitKinds.Common.ExternalTarget.Of(value, where));
    }

    private void Command(string value, string where)
    {
        if (value.Length == 0 || _seen.Count >= MaxTargets || !_seen.Add(value))
        {
            return;
        }

        inspection.Texts.Add(value);
        var line = CommandLines.Collapsed(value);
        inspection.Traits.Add(TraitKinds.Common.CommandLine.Of(line, where));
        var hidden = CommandLines.Decoded(value);
        inspection.Texts.AddRange(hidden);
        if (hidden.Count > 0)
        {
            inspection.Findings.Add(FindingCodes.Shortcut.EncodedCommand.At(where));
        }

        var first = line.StartsWith('"') ? line[1..].Split('"')[0] : line.Split(' ')[0];
        if (CommandLines.Interpreter(first) is { } interpreter)
        {
            inspection.Findings.Add(FindingCodes.Shortcut.RunsCommand.At($"{where}: {interpreter}"));
        }
    }

    private void Icon(string value, string where)
    {
        if (value.Length == 0)
        {
            return;
        }

        _icon ??= value;
        Trait(TraitKinds.Shortcut.IconLocation, value, where);
        if (Places.Of(value) is Places.Kind.Share or Places.Kind.Outside)
        {
            inspection.Texts.Add(value);
            inspection.Findings.Add(FindingCodes.Shortcut.RemoteIcon.At(value));
        }
    }

    private void Judge(string format)
    {
        if (_target is null || format is "rdp" or "jnlp")
        {
            return;
        }

        var place = Places.Of(_target);
        if (place == Places.Kind.Outside)
        {
            inspection.Findings.Add(FindingCodes.Shortcut.WebTarget.At(_target));
        }

        var isPath = place is not Places.Kind.Web || _target.StartsWith("file:", StringComparison.OrdinalIgnoreCase);
        var runs = isPath && CommandLines.IsProgram(_target);
        if (format is "url" && (place is Places.Kind.Share or Places.Kind.Outside || runs))
        {
            inspection.Findings.Add(FindingCodes.Shortcut.FileUrl.At(_target));
        }

        if (runs && DocumentIcons.Kind(_icon, 0) is { } kind)
        {
            inspection.IconOfAnotherType = true;
            inspection.Findings.Add(FindingCodes.Shortcut.DocumentIcon.At($"{kind}: {_icon}"));
        }
    }

    private void Trait(TraitKind kind, string value, string where)
    {
        if (value.Length > 0 && inspection.Traits.Count < 4 * MaxTargets)
        {
            inspection.Traits.Add(kind.Of(value, where));
        }
    }

    private static string Decoded(ReadOnlySpan<char> text) => Text.HtmlEntities.Decode(text, inAttribute: false).Trim();
}
