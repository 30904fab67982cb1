using System.Text;
using System.Xml;
using Noroshi.MailAnatomy.FileTypes.Traits;
using Noroshi.MailAnatomy.Findings;

namespace Noroshi.MailAnatomy.FileTypes.OpenXml;

/// <summary>Parts of a PresentationML document (ECMA-376 part 1, clause 19), and drawings and diagrams wherever they are.</summary>
/// <param name="part">Name of the part.</param>
/// <param name="sink">Takes what is found.</param>
internal sealed class SlideParts(string part, TraitSink sink) : PartVisitor
{
    private readonly StringBuilder _text = new();
    private bool _inText;

    /// <inheritdoc/>
    public override void Start(string name, XmlReader reader)
    {
        switch (name)
        {
            case "t" or "text":
                _inText = true;
                break;
            case "hlinkClick" or "hlinkHover" or "hlinkMouseOver":
                Action(name, Attribute(reader, "action"));
                break;
            case "cmAuthor" or "author":
                sink.Add(TraitKinds.OfficeDocument.Contributor, Attribute(reader, "name"), $"{part} {name}");
                if (Attribute(reader, "providerId") is not (null or "None"))
                {
                    sink.Add(TraitKinds.OfficeDocument.ContributorAccount, Attribute(reader, "userId"), $"{part} {name}");
                }

                break;
            case "oleObj":
                sink.Add(TraitKinds.OfficeDocument.ObjectClass, Attribute(reader, "progId"), $"{part} oleObj");
                break;
        }
    }

    /// <inheritdoc/>
    public override void Text(string text)
    {
        if (_inText && _text.Length < sink.TextLeft)
        {
            _text.Append(text);
        }
    }

    /// <inheritdoc/>
    public override void End(string name)
    {
        _inText = false;
        if (name == "p")
        {
            _text.Append('\n');
        }
    }

    /// <summary>The part was read to its end or as far as it goes.</summary>
    public void Finish() => sink.AddText(_text.ToString().Trim());

    /// <summary>Actions of a link (ECMA-376 part 1, 21.1.2.3.5): programs and macros run without a further word.</summary>
    private void Action(string name, string? action)
    {
        if (
            action is not null
            && (
                action.StartsWith("ppaction://program", StringComparison.OrdinalIgnoreCase)
                || action.StartsWith("ppaction://macro", StringComparison.OrdinalIgnoreCase)
            )
        )
        {
            sink.Add(FindingCodes.OpenXml.RunAction, $"{part}: {name} {action}");
        }
    }
}
