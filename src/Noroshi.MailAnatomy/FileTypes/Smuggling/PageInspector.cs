using System.Buffers;
using System.Globalization;
using Noroshi.MailAnatomy.FileTypes.Scripts;
using Noroshi.MailAnatomy.FileTypes.Traits;
using Noroshi.MailAnatomy.Findings;

namespace Noroshi.MailAnatomy.FileTypes.Smuggling;

/// <summary>Looks into an HTML or SVG file: files built in the browser, forms that ask for passwords, scripts that lead on.</summary>
internal static class PageInspector
{
    private const int MaxName = 255;

    private static readonly SearchValues<string> Decoders = SearchValues.Create(
        ["atob(", "fromcharcode", "uint8array", "base64,", "decodeuricomponent(", "unescape("],
        StringComparison.OrdinalIgnoreCase
    );

    private static readonly SearchValues<string> Builders = SearchValues.Create(
        [
            "new blob",
            "createobjecturl",
            "mssaveblob",
            "mssaveoropenblob",
            "new file(",
            "href=\"data:application/",
            "href='data:application/",
        ],
        StringComparison.OrdinalIgnoreCase
    );

    private static readonly SearchValues<string> Deliveries = SearchValues.Create(
        [
            ".download",
            "'download'",
            "\"download\"",
            "download=",
            "mssaveblob",
            "mssaveoropenblob",
            ".click(",
            "location.href",
            "window.location",
            "saveas(",
        ],
        StringComparison.OrdinalIgnoreCase
    );

    private static readonly string[] NameMarks =
    [
        ".download",
        "'download'",
        "\"download\"",
        "download=",
        "OpenBlob(",
        "SaveBlob(",
        "saveAs(",
        "new File(",
    ];

    private static readonly string[] Redirects =
    [
        "location.replace(",
        "location.assign(",
        "location.href",
        "window.location",
        "document.location",
        "top.location",
    ];

    private static readonly SearchValues<char> NameEnds = SearchValues.Create("\"'`<>\r\n");

    /// <summary>Fills the inspection. Never throws on bytes.</summary>
    public static void Inspect(string text, bool picture, FileInspection inspection)
    {
        var span = text.AsSpan();
        var active = span.Contains("<script", StringComparison.OrdinalIgnoreCase);
        if (picture)
        {
            Picture(span, active, inspection);
        }

        if (
            span.Contains("href=\"javascript:", StringComparison.OrdinalIgnoreCase)
            || span.Contains("href='javascript:", StringComparison.OrdinalIgnoreCase)
        )
        {
            inspection.Findings.Add(FindingCodes.Pages.ScriptLink.At("javascript:"));
        }

        // Without script, event or data link a page is only text and links, which others look at.
        var carried =
            span.Contains("data:application/", StringComparison.OrdinalIgnoreCase)
            || span.Contains("data:text/html", StringComparison.OrdinalIgnoreCase);
        var events =
            span.Contains(" onload", StringComparison.OrdinalIgnoreCase) || span.Contains(" onerror", StringComparison.OrdinalIgnoreCase);
        Password(text, "page", inspection);
        if (active || carried || events)
        {
            Scripts(text, inspection);
        }
    }

    private static void Scripts(string text, FileInspection inspection)
    {
        var plain = Deobfuscation.Of(text, "js");
        if (!ReferenceEquals(plain, text) && plain != text)
        {
            inspection.Texts.Add(plain);
            Password(plain, "decoded", inspection);
        }

        var payload = Payloads.Of(plain);
        foreach (var decoded in payload.Texts)
        {
            inspection.Texts.Add(decoded);
            Password(decoded, "decoded", inspection);
            Redirect(decoded, inspection);
        }

        Redirect(plain, inspection);
        var builder = plain.AsSpan().IndexOfAny(Builders);
        var builds = builder >= 0 && plain.AsSpan().ContainsAny(Decoders) && plain.AsSpan().ContainsAny(Deliveries);
        var name = DownloadName(plain);
        if (builds || (payload.Files.Count > 0 && builder >= 0))
        {
            var at = string.Create(CultureInfo.InvariantCulture, $"character {Math.Max(builder, 0)}");
            inspection.Findings.Add(FindingCodes.FileTypes.HtmlSmuggling.At(name.Length > 0 ? $"{at}: {name}" : at));
            if (name.Length > 0)
            {
                inspection.Traits.Add(TraitKinds.Scripts.DownloadName.Of(name, at));
            }
        }

        ScriptInspector.AddFiles(payload, name.Length > 0 ? name : "decoded", inspection);
    }

    /// <summary>A string of a few characters behind the first mark that has one: what the file will be called.</summary>
    private static string DownloadName(ReadOnlySpan<char> text)
    {
        foreach (var mark in NameMarks)
        {
            var rest = text;
            for (var tries = 0; tries < 8; tries++)
            {
                var at = rest.IndexOf(mark, StringComparison.OrdinalIgnoreCase);
                if (at < 0)
                {
                    break;
                }

                rest = rest[(at + mark.Length)..];
                if (Quoted(rest[..Math.Min(rest.Length, MaxName + 64)]) is { Length: > 0 } name)
                {
                    return name;
                }
            }
        }

        return "";
    }

    /// <summary>The first quoted text with a dot in it.</summary>
    private static string? Quoted(ReadOnlySpan<char> text)
    {
        for (var i = 0; i < 3; i++)
        {
            var open = text.IndexOfAny('"', '\'', '`');
            if (open < 0)
            {
                return null;
            }

            var inside = text[(open + 1)..];
            var end = inside.IndexOfAny(NameEnds);
            if (end < 0)
            {
                return null;
            }

            var name = inside[..end];
            if (
                name.Length is > 2 and <= MaxName
                && name.LastIndexOf('.') is > 0 and var dot
                && name.Length - dot <= 12
                && !name.Contains('(')
            )
            {
                return name.ToString();
            }

            text = inside[(end + 1)..];
        }

        return null;
    }

    private static void Password(ReadOnlySpan<char> text, string where, FileInspection inspection)
    {
        if (inspection.Findings.Exists(one => one.Code == FindingCodes.Pages.PasswordForm.Code))
        {
            return;
        }

        for (var rest = text; rest.IndexOf("type", StringComparison.OrdinalIgnoreCase) is >= 0 and var at; )
        {
            rest = rest[(at + 4)..];
            var value = rest[..Math.Min(rest.Length, 24)].TrimStart();
            if (value is not ['=', ..])
            {
                continue;
            }

            value = value[1..].TrimStart(" \t\r\n\"'\\");
            if (value.StartsWith("password", StringComparison.OrdinalIgnoreCase))
            {
                inspection.Findings.Add(FindingCodes.Pages.PasswordForm.At(where));
                return;
            }
        }
    }

    /// <summary>An assignment or call that leads to an address written out.</summary>
    private static void Redirect(ReadOnlySpan<char> text, FileInspection inspection)
    {
        foreach (var mark in Redirects)
        {
            var rest = text;
            for (var tries = 0; tries < 16 && rest.IndexOf(mark, StringComparison.OrdinalIgnoreCase) is >= 0 and var at; tries++)
            {
                rest = rest[(at + mark.Length)..];
                var value = rest[..Math.Min(rest.Length, 300)].TrimStart(" \t\r\n=(");
                if (value is ['"' or '\'' or '`', .. var inside] && inside.StartsWith("http", StringComparison.OrdinalIgnoreCase))
                {
                    var end = inside.IndexOfAny(NameEnds);
                    var target = (end < 0 ? inside : inside[..end]).ToString();
                    if (!inspection.Findings.Exists(one => one.Code == FindingCodes.Pages.Redirect.Code))
                    {
                        inspection.Findings.Add(FindingCodes.Pages.Redirect.At(target));
                        inspection.Traits.Add(TraitKinds.Common.ExternalTarget.Of(target, mark.TrimEnd('(')));
                    }

                    return;
                }
            }
        }
    }

    private static void Picture(ReadOnlySpan<char> text, bool active, FileInspection inspection)
    {
        var what =
            active ? "script"
            : text.Contains("<foreignObject", StringComparison.OrdinalIgnoreCase) ? "foreignObject"
            : text.Contains(" onload", StringComparison.OrdinalIgnoreCase) ? "onload"
            : text.Contains("<iframe", StringComparison.OrdinalIgnoreCase) ? "iframe"
            : null;
        if (what is not null)
        {
            inspection.Findings.Add(FindingCodes.Pages.ActivePicture.At(what));
        }
    }
}
