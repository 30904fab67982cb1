using System.Globalization;

namespace Noroshi.MailAnatomy.Text;

/// <content>What single elements do: those without content, those with raw text, list items and links.</content>
internal sealed partial class HtmlReader
{
    private void Void(ref HtmlScanner scanner, HtmlTag tag)
    {
        switch (tag)
        {
            case HtmlTag.Br:
                if (!Top.Hidden)
                {
                    _out.Quote = Top.Quote + _baseQuote;
                    _out.Break();
                    WatchAttribution();
                }

                break;
            case HtmlTag.Hr:
                if (!Top.Hidden)
                {
                    _out.Quote = Top.Quote + _baseQuote;
                    _out.Write("--------------------");
                    _out.Block(spaced: false);
                }

                break;
            case HtmlTag.Img:
                _collected.Image(scanner.Value(HtmlAttribute.Src));
                if (_linkHref is not null)
                {
                    _linkPicture ??= scanner.Value(HtmlAttribute.Alt, MaxShown);
                }

                break;
            case HtmlTag.Input:
                _collected.Image(scanner.Value(HtmlAttribute.Src));
                if (scanner.Raw(HtmlAttribute.Type).Equals("password", StringComparison.OrdinalIgnoreCase))
                {
                    _collected.PasswordField();
                }

                break;
            case HtmlTag.Meta:
                if (scanner.Raw(HtmlAttribute.HttpEquiv).Equals("refresh", StringComparison.OrdinalIgnoreCase))
                {
                    _collected.Refresh(scanner.Value(HtmlAttribute.Content) ?? "");
                }

                break;
            case HtmlTag.Base:
                _collected.Base(scanner.Value(HtmlAttribute.Href));
                break;
            case HtmlTag.Area:
                _collected.Link(scanner.Value(HtmlAttribute.Href), "");
                break;
            case HtmlTag.Embed or HtmlTag.Frame:
                _collected.Embed(tag == HtmlTag.Embed ? "embed" : "frame", scanner.Value(HtmlAttribute.Src));
                break;
            default:
                break;
        }
    }

    private void RawElement(ref HtmlScanner scanner, HtmlTag tag)
    {
        switch (tag)
        {
            case HtmlTag.Script:
                _collected.Script(scanner.Value(HtmlAttribute.Src, 500));
                scanner.ReadRaw("script");
                break;
            case HtmlTag.Style:
                _sheet.Read(scanner.ReadRaw("style"));
                break;
            case HtmlTag.Title:
                var title = scanner.ReadRaw("title").Trim();
                _collected.Title ??= HtmlEntities.Decode(title[..Math.Min(title.Length, 500)], inAttribute: false);
                break;
            case HtmlTag.Iframe:
                _collected.Embed("iframe", scanner.Value(HtmlAttribute.Src));
                scanner.ReadRaw("iframe");
                break;
            case HtmlTag.Textarea:
                Text(scanner.ReadRaw("textarea"));
                break;
            case HtmlTag.Xmp:
                Preformatted(scanner.ReadRaw("xmp"));
                break;
            case HtmlTag.Plaintext:
                Preformatted(scanner.ReadRest());
                break;
            default:
                scanner.ReadRaw(tag == HtmlTag.Noembed ? "noembed" : "noframes");
                break;
        }
    }

    private void Preformatted(ReadOnlySpan<char> text)
    {
        if (!Top.Hidden)
        {
            _out.Quote = Top.Quote + _baseQuote;
            _out.Text(text, pre: true);
            _out.Block(spaced: false);
        }
    }

    private void ListItem()
    {
        if (Top.Hidden)
        {
            return;
        }

        _out.Quote = Top.Quote + _baseQuote;
        for (var index = _depth - 1; index > 0 && index > _depth - MaxSearch; index--)
        {
            ref var frame = ref _frames[index];
            if (frame.Tag == HtmlTag.Ol)
            {
                _out.Marker(string.Create(CultureInfo.InvariantCulture, $"{++frame.Counter}. "));
                return;
            }

            if (frame.Tag == HtmlTag.Ul)
            {
                break;
            }
        }

        _out.Marker("- ");
    }

    private void OpenLink(ref HtmlScanner scanner)
    {
        _linkHref = scanner.Value(HtmlAttribute.Href);
        _linkPicture = null;
        _linkStart = _out.Length;
    }

    private void CloseLink()
    {
        if (_linkHref is null)
        {
            return;
        }

        var shown = _out.From(_linkStart).Trim();
        shown = shown[..Math.Min(shown.Length, MaxShown)];
        _collected.Link(_linkHref, shown.IsEmpty ? _linkPicture ?? "" : new string(shown));
        _linkHref = null;
    }
}
