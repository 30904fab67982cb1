using System.Globalization;
using System.Text;
using System.Xml;
using Noroshi.MailAnatomy.FileTypes.Traits;
using Noroshi.MailAnatomy.Findings;

namespace Noroshi.MailAnatomy.FileTypes.OpenXml;

/// <summary>Looks into OpenDocument files (OASIS OpenDocument 1.3) and other packages that have a mimetype: EPUB, XPS.</summary>
internal static class OpenDocumentInspector
{
    private const int MaxParsed = 200;

    /// <summary>Adds everything to the inspection.</summary>
    public static void Inspect(PackageReader package, FileTypeMatch match, TraitSink sink)
    {
        var named = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var parsed = 0;
        foreach (var name in package.Names)
        {
            if (match.Encrypted && name is not ("META-INF/manifest.xml" or "meta.xml"))
            {
                // Parts that are locked look like damaged XML.
                continue;
            }

            if (!IsRead(name) || ++parsed > MaxParsed || package.Read(name, out var cut) is not { } bytes)
            {
                continue;
            }

            var visitor = new Visitor(name, sink);
            PackageXml.Read(bytes, name, cut, visitor, sink);
            visitor.Finish();
        }

        foreach (var name in package.Names)
        {
            if (name.StartsWith("Scripts/", StringComparison.OrdinalIgnoreCase))
            {
                sink.Add(TraitKinds.Common.Macros, "script", name);
                named.Add(name);
            }
            else if (
                name.StartsWith("Basic/", StringComparison.OrdinalIgnoreCase)
                && !name.EndsWith("-lc.xml", StringComparison.OrdinalIgnoreCase)
            )
            {
                sink.Add(TraitKinds.Common.Macros, "basic", "Basic");
            }
        }

        if (match.Encrypted)
        {
            sink.Add(FindingCodes.OpenXml.OpenDocumentLocked, match.Format);
            return;
        }

        InnerParts.Thumbnail(package, sink);
        InnerParts.Add(package, named, sink);
    }

    private static bool IsRead(string name) =>
        name is "meta.xml" or "content.xml" or "styles.xml" or "settings.xml" or "META-INF/manifest.xml"
        || name.StartsWith("Basic/", StringComparison.OrdinalIgnoreCase) && name.EndsWith(".xml", StringComparison.OrdinalIgnoreCase)
        || name.EndsWith(".opf", StringComparison.OrdinalIgnoreCase)
        || name.Equals("docProps/core.xml", StringComparison.OrdinalIgnoreCase)
        || (name.StartsWith("Object ", StringComparison.Ordinal) && name.EndsWith("/content.xml", StringComparison.Ordinal));

    private sealed class Visitor(string part, TraitSink sink) : PartVisitor
    {
        private readonly StringBuilder _text = new();
        private readonly StringBuilder _value = new();
        private string? _item;

        public override void Start(string name, XmlReader reader)
        {
            _value.Clear();
            _item = null;
            switch (name)
            {
                case "user-defined":
                    _item = Attribute(reader, "name");
                    break;
                case "config-item":
                    _item = Attribute(reader, "name");
                    break;
                case "template":
                    sink.Add(TraitKinds.Common.Template, Attribute(reader, "title"), $"{part} template");
                    Template(Attribute(reader, "href"));
                    break;
                case "event-listener":
                    Event(Attribute(reader, "event-name"), Attribute(reader, "href"));
                    break;
                case "dde-source" or "dde-connection-decl":
                    Dde(Attribute(reader, "dde-application"), Attribute(reader, "dde-topic"));
                    break;
                case "document-statistic":
                    sink.Add(TraitKinds.Common.Pages, Attribute(reader, "page-count"), $"{part} page-count");
                    break;
                default:
                    if (Attribute(reader, "href") is { Length: > 0 } href)
                    {
                        Link(name, href);
                    }

                    break;
            }
        }

        public override void Text(string text)
        {
            if (_value.Length < 65_536)
            {
                _value.Append(text);
            }

            if (_text.Length < sink.TextLeft && part != "settings.xml")
            {
                _text.Append(text);
            }
        }

        public override void End(string name)
        {
            if (name is "p" or "h" or "module")
            {
                _text.Append('\n');
            }

            var value = _value.ToString();
            if (_item is { } item)
            {
                if (name == "config-item" && item == "PrinterName")
                {
                    sink.Add(TraitKinds.OfficeDocument.Printer, value, $"{part} PrinterName");
                }
                else if (name == "user-defined" && value.Length > 0)
                {
                    sink.Add(TraitKinds.OfficeDocument.CustomProperty, $"{item}={value}", $"{part} user-defined");
                }
            }
            else if (part != "content.xml" && part != "styles.xml")
            {
                Meta(name, value);
            }
            else if (name == "creator")
            {
                // Annotations and tracked changes name who made them.
                sink.Add(TraitKinds.OfficeDocument.Contributor, value, $"{part} creator");
            }

            _value.Clear();
            _item = null;
        }

        public void Finish()
        {
            if (part.EndsWith("content.xml", StringComparison.Ordinal) || part.StartsWith("Basic/", StringComparison.OrdinalIgnoreCase))
            {
                sink.AddText(_text.ToString().Trim());
            }
        }

        private void Meta(string name, string value)
        {
            var (kind, time) = name switch
            {
                "generator" => (TraitKinds.Common.Application, false),
                "initial-creator" => (TraitKinds.Common.Author, false),
                "creator" when part == "meta.xml" => (TraitKinds.Common.LastAuthor, false),
                "creator" => (TraitKinds.Common.Author, false),
                "lastModifiedBy" => (TraitKinds.Common.LastAuthor, false),
                "creation-date" or "created" => (TraitKinds.Common.CreatedAt, true),
                "date" or "modified" => (TraitKinds.Common.SavedAt, true),
                "print-date" => (TraitKinds.Common.PrintedAt, true),
                "printed-by" => (TraitKinds.OfficeDocument.Contributor, false),
                "editing-cycles" => (TraitKinds.Common.Revision, false),
                "title" => (TraitKinds.Common.Title, false),
                "subject" => (TraitKinds.Common.Subject, false),
                "description" => (TraitKinds.Common.Comments, false),
                "keyword" => (TraitKinds.Common.Keywords, false),
                "language" => (TraitKinds.Common.Language, false),
                "identifier" => (TraitKinds.Common.DocumentId, false),
                _ => ((TraitKind?)null, false),
            };
            if (kind is not null)
            {
                sink.Add(kind, time ? DocumentProperties.Time(value) : value, $"{part} {name}");
            }
            else if (name == "editing-duration" && Minutes(value) is { } minutes)
            {
                sink.Add(TraitKinds.Common.EditingMinutes, minutes, $"{part} {name}");
            }
        }

        /// <summary>Minutes of an XML duration such as <c>PT1H3M5S</c>.</summary>
        private static string? Minutes(string value)
        {
            try
            {
                return ((long)XmlConvert.ToTimeSpan(value).TotalMinutes).ToString(CultureInfo.InvariantCulture);
            }
            catch (Exception error) when (error is FormatException or OverflowException)
            {
                return null;
            }
        }

        private void Template(string? href)
        {
            if (href is null)
            {
                return;
            }

            if (LinkTarget.Of(href) is TargetPlace.Web or TargetPlace.Odd)
            {
                sink.Add(FindingCodes.OpenXml.RemoteTemplate, $"{part}: {href}");
                sink.Add(TraitKinds.Common.ExternalTarget, href, $"{part} template");
                sink.AddText(href);
            }
            else
            {
                sink.Add(TraitKinds.OfficeDocument.TemplatePath, href, $"{part} template");
            }
        }

        private void Event(string? name, string? href)
        {
            if (name is null || href is null)
            {
                return;
            }

            if (name is "dom:load" or "office:load" or "dom:DOMFocusIn" or "office:new" or "dom:unload" or "office:load-finished")
            {
                sink.Add(FindingCodes.OpenXml.AutoScript, $"{part}: {name} {href}");
            }
        }

        private void Dde(string? application, string? topic)
        {
            sink.Add(FindingCodes.OpenXml.Dde, $"{part}: {application} {topic}");
            sink.Add(TraitKinds.Common.CommandLine, $"{application} {topic}", $"{part} dde");
        }

        private void Link(string element, string href)
        {
            var place = LinkTarget.Of(href);
            if (place == TargetPlace.Odd)
            {
                sink.Add(FindingCodes.OpenXml.OddLink, $"{part}: {element} {href}");
            }

            if (element == "a" || place is TargetPlace.Inside)
            {
                sink.AddText(href);
                return;
            }

            if (place is TargetPlace.Web or TargetPlace.Share)
            {
                sink.Add(TraitKinds.Common.ExternalTarget, href, $"{part} {element}");
                sink.AddText(href);
                var loads = element is "object" or "object-ole" or "floating-frame" or "applet" or "plugin" or "section-source";
                sink.Add(loads ? FindingCodes.OpenXml.RemoteObject : FindingCodes.OpenXml.RemoteContent, $"{part}: {element} {href}");
            }
        }
    }
}
