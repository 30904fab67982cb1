using System.Globalization;
using System.Text;
using System.Xml;
using Noroshi.MailAnatomy.FileTypes.Traits;

namespace Noroshi.MailAnatomy.FileTypes.OpenXml;

/// <summary>docProps/core.xml, app.xml and custom.xml (ECMA-376 part 1, clause 22; part 2, clause 11).</summary>
/// <param name="part">Name of the part.</param>
/// <param name="sink">Takes the traits.</param>
internal sealed class DocumentProperties(string part, TraitSink sink) : PartVisitor
{
    private readonly StringBuilder _text = new();
    private string? _custom;

    /// <summary>A time of XML in the one shape traits have; as it stands when it is none.</summary>
    public static string Time(string text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            ? time.Offset == TimeSpan.Zero
                ? time.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture)
                : time.ToString("yyyy-MM-ddTHH:mm:sszzz", CultureInfo.InvariantCulture)
            : text;

    /// <inheritdoc/>
    public override void Start(string name, XmlReader reader)
    {
        _text.Clear();
        if (name == "property")
        {
            _custom = Attribute(reader, "name");
        }
    }

    /// <inheritdoc/>
    public override void Text(string text)
    {
        if (_text.Length < TraitKind.MaxLength)
        {
            _text.Append(text.AsSpan(0, Math.Min(text.Length, TraitKind.MaxLength)));
        }
    }

    /// <inheritdoc/>
    public override void End(string name)
    {
        var value = _text.ToString();
        _text.Clear();
        var where = $"{part} {name}";
        if (_custom is { } custom && name != "property")
        {
            if (!string.IsNullOrWhiteSpace(value))
            {
                sink.Add(TraitKinds.OfficeDocument.CustomProperty, $"{custom}={value.Trim()}", $"{part} {custom}");
            }

            return;
        }

        if (name == "property")
        {
            _custom = null;
        }
        else if (Kind(name) is { } kind)
        {
            var isTime = kind == TraitKinds.Common.CreatedAt || kind == TraitKinds.Common.SavedAt || kind == TraitKinds.Common.PrintedAt;
            sink.Add(kind, isTime ? Time(value) : value, where);
        }
        else if (name is "HyperlinkBase" && value.Length > 0)
        {
            sink.Add(TraitKinds.Common.ExternalTarget, value, where);
            sink.AddText(value);
        }
    }

    private static TraitKind? Kind(string name) =>
        name switch
        {
            "creator" => TraitKinds.Common.Author,
            "lastModifiedBy" => TraitKinds.Common.LastAuthor,
            "title" => TraitKinds.Common.Title,
            "subject" => TraitKinds.Common.Subject,
            "keywords" => TraitKinds.Common.Keywords,
            "description" => TraitKinds.Common.Comments,
            "revision" => TraitKinds.Common.Revision,
            "created" => TraitKinds.Common.CreatedAt,
            "modified" => TraitKinds.Common.SavedAt,
            "lastPrinted" => TraitKinds.Common.PrintedAt,
            "language" => TraitKinds.Common.Language,
            "identifier" => TraitKinds.Common.DocumentId,
            "Template" => TraitKinds.Common.Template,
            "TotalTime" => TraitKinds.Common.EditingMinutes,
            "Pages" or "Slides" => TraitKinds.Common.Pages,
            "Application" => TraitKinds.Common.Application,
            "AppVersion" => TraitKinds.Common.ApplicationVersion,
            "Company" => TraitKinds.Common.Company,
            "Manager" => TraitKinds.Common.Manager,
            _ => null,
        };
}
