using System.Collections.Frozen;
using System.Globalization;

namespace Noroshi.MailAnatomy.FileTypes.Shortcuts;

/// <summary>Icon locations that show a document or a folder to whoever looks at the shortcut.</summary>
internal static class DocumentIcons
{
    private static readonly FrozenDictionary<string, string> Extensions = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
    {
        ["pdf"] = "pdf",
        ["doc"] = "word",
        ["docx"] = "word",
        ["docm"] = "word",
        ["rtf"] = "word",
        ["xls"] = "excel",
        ["xlsx"] = "excel",
        ["xlsm"] = "excel",
        ["csv"] = "excel",
        ["ppt"] = "powerpoint",
        ["pptx"] = "powerpoint",
        ["jtd"] = "ichitaro",
        ["jttc"] = "ichitaro",
        ["txt"] = "text",
        ["hwp"] = "hangul",
        ["jpg"] = "image",
        ["jpeg"] = "image",
        ["png"] = "image",
        ["zip"] = "archive",
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    /// <summary>Programs whose own icon, or the icons in them, stand for documents.</summary>
    private static readonly FrozenDictionary<string, string> Programs = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
    {
        ["winword.exe"] = "word",
        ["wordicon.exe"] = "word",
        ["wordpad.exe"] = "word",
        ["excel.exe"] = "excel",
        ["xlicons.exe"] = "excel",
        ["powerpnt.exe"] = "powerpoint",
        ["pptico.exe"] = "powerpoint",
        ["acrord32.exe"] = "pdf",
        ["acrobat.exe"] = "pdf",
        ["foxitreader.exe"] = "pdf",
        ["foxitpdfreader.exe"] = "pdf",
        ["sumatrapdf.exe"] = "pdf",
        ["taro.exe"] = "ichitaro",
        ["notepad.exe"] = "text",
        ["hwp.exe"] = "hangul",
        ["msedge.exe"] = "page",
        ["chrome.exe"] = "page",
        ["iexplore.exe"] = "page",
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    /// <summary>Kind of document the icon shows; null when it is none or cannot be told.</summary>
    public static string? Kind(string? location, int index)
    {
        if (string.IsNullOrWhiteSpace(location))
        {
            return null;
        }

        // A number may follow the path: "shell32.dll,3".
        var comma = location.LastIndexOf(',');
        if (
            comma > 0
            && int.TryParse(location.AsSpan(comma + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
        )
        {
            (location, index) = (location[..comma], number);
        }

        var name = CommandLines.FileName(location).ToString();
        return name.ToLowerInvariant() switch
        {
            // Position or, negative, resource number: generic document, folder (closed, open), text.
            "shell32.dll" => index switch
            {
                1 or -2 or 70 or -152 => "text",
                3 or 4 or -4 or -5 => "folder",
                _ => null,
            },
            "imageres.dll" => index switch
            {
                -102 or 97 => "text",
                3 or -3 => "folder",
                _ => null,
            },
            _ => Programs.GetValueOrDefault(name) ?? Extensions.GetValueOrDefault(CommandLines.Extension(location)),
        };
    }
}
