using System.Buffers;
using System.Globalization;
using System.Text;
using Noroshi.MailAnatomy.Findings;

namespace Noroshi.MailAnatomy.Text;

/// <summary>Reads one HTML body: walks the tokens, keeps a bounded stack of open elements, writes the visible text.</summary>
internal sealed partial class HtmlReader
{
    private const int MaxDepth = 512;
    private const int MaxSearch = 64;
    private const int MaxList = 2_000;
    private const int MaxHidden = 1 << 14;
    private const int MaxShown = 300;
    private const int White = 0xFFFFFF;

    private static readonly SearchValues<char> Invisible = SearchValues.Create(" \u00A0\u200B\u200C\u200D\uFEFF\u00AD\u034F\u2007");

    private readonly HtmlOutput _out = new(MailLimits.TextCharacters);
    private readonly StringBuilder _hidden = new();
    private readonly HtmlStyleSheet _sheet = new();
    private readonly HtmlCollector _collected = new(MaxList);
    private Frame[] _frames = new Frame[24];
    private readonly int[] _open = new int[(int)HtmlTag.Count];
    private int _depth;
    private int _beyond;
    private int _baseQuote;
    private bool _wentDeep;
    private string? _linkHref;
    private string? _linkPicture;
    private int _linkStart;

    private enum QuoteStyle : byte
    {
        None,

        /// <summary>Everything in it is a quote.</summary>
        All,

        /// <summary>What follows the line that introduces it is a quote (yahoo_quoted).</summary>
        AfterAttribution,

        /// <summary>It introduces a quote: the rest of the mail is one (Outlook).</summary>
        Header,
    }

    /// <summary>Reads the whole body.</summary>
    public HtmlTextResult Read(string html)
    {
        _frames[0] = new Frame { Foreground = HtmlStyle.NoColour, Background = White };
        _depth = 1;
        var scanner = new HtmlScanner(html);
        while (true)
        {
            switch (scanner.Read())
            {
                case HtmlToken.Text:
                    Text(scanner.Text);
                    break;
                case HtmlToken.StartTag:
                    Start(ref scanner);
                    break;
                case HtmlToken.EndTag:
                    End(scanner.Tag);
                    break;
                case HtmlToken.End:
                    return Finish();
                default:
                    break;
            }
        }
    }

    private ref Frame Top => ref _frames[_depth - 1];

    private HtmlTextResult Finish()
    {
        CloseLink();
        var text = _out.ToString();
        var findings = _collected.Findings;
        var hidden = _hidden.ToString().Trim();
        if (hidden.AsSpan().ContainsAnyExcept(Invisible))
        {
            findings.Add(FindingCodes.Html.HiddenText.At(hidden[..Math.Min(hidden.Length, 120)]));
        }
        else
        {
            hidden = "";
        }

        if (_wentDeep)
        {
            findings.Add(FindingCodes.Html.Deep.At(string.Create(CultureInfo.InvariantCulture, $"> {MaxDepth}")));
        }

        if (_out.Full)
        {
            findings.Add(FindingCodes.Html.TextLimit.At(string.Create(CultureInfo.InvariantCulture, $"{MailLimits.TextCharacters}")));
        }

        return _collected.Result(text, hidden);
    }

    private void Text(ReadOnlySpan<char> text)
    {
        ref var top = ref Top;
        if (top.Hidden)
        {
            if (_hidden.Length < MaxHidden && !text.IsWhiteSpace())
            {
                _hidden
                    .Append(HtmlEntities.Decode(text[..Math.Min(text.Length, MaxHidden - _hidden.Length)].Trim(), inAttribute: false))
                    .Append(' ');
            }

            return;
        }

        _out.Quote = top.Quote + _baseQuote;
        _out.Text(text, top.Pre);
    }

    private void Start(ref HtmlScanner scanner)
    {
        var tag = scanner.Tag;
        CloseImplied(tag);
        if (HtmlNames.IsBlock(tag))
        {
            BlockBorder(tag, IsTight(ref scanner));
        }

        if (HtmlNames.IsVoid(tag))
        {
            Void(ref scanner, tag);
            return;
        }

        switch (tag)
        {
            case HtmlTag.Script
            or HtmlTag.Style
            or HtmlTag.Title
            or HtmlTag.Textarea
            or HtmlTag.Iframe
            or HtmlTag.Noembed
            or HtmlTag.Noframes
            or HtmlTag.Xmp
            or HtmlTag.Plaintext:
                RawElement(ref scanner, tag);
                return;
            case HtmlTag.A:
                CloseLink();
                OpenLink(ref scanner);
                break;
            case HtmlTag.Form:
                _collected.Form(scanner.Value(HtmlAttribute.Action) ?? "", scanner.Value(HtmlAttribute.Method, 16) ?? "get");
                break;
            case HtmlTag.Object:
                _collected.Embed("object", scanner.Value(HtmlAttribute.Data));
                break;
            case HtmlTag.Td or HtmlTag.Th:
                break;
            default:
                break;
        }

        Push(ref scanner, tag);
        if (tag == HtmlTag.Li)
        {
            ListItem();
        }
    }

    private static bool IsTight(ref HtmlScanner scanner) =>
        scanner.Tag == HtmlTag.P && scanner.Raw(HtmlAttribute.Class).StartsWith("Mso", StringComparison.Ordinal);

    private void BlockBorder(HtmlTag tag, bool tight)
    {
        if (Top.Hidden)
        {
            return;
        }

        if (tag is HtmlTag.Td or HtmlTag.Th)
        {
            _out.Cell();
            return;
        }

        _out.Block(HtmlNames.IsSpaced(tag) && !tight && !(tag is HtmlTag.Ul or HtmlTag.Ol && _open[(int)HtmlTag.Li] > 0));
        WatchAttribution();
    }

    /// <summary>In a yahoo_quoted block the line "… wrote:" turns the rest of the block into a quote.</summary>
    private void WatchAttribution()
    {
        for (var index = _depth - 1; index > 0 && index > _depth - 8; index--)
        {
            ref var frame = ref _frames[index];
            if (frame.Style != QuoteStyle.AfterAttribution)
            {
                continue;
            }

            var line = _out.From(frame.OutStart).TrimEnd();
            if (line.Length > 0 && line[^1] is ':' or '：')
            {
                frame.Style = QuoteStyle.All;
                for (var inner = index; inner < _depth; inner++)
                {
                    _frames[inner].Quote++;
                }
            }

            return;
        }
    }

    private void Push(ref HtmlScanner scanner, HtmlTag tag)
    {
        if (_depth >= MaxDepth)
        {
            _beyond++;
            _wentDeep = true;
            return;
        }

        if (_depth == _frames.Length)
        {
            Array.Resize(ref _frames, Math.Min(MaxDepth, _depth * 2));
        }

        ref var parent = ref _frames[_depth - 1];
        ref var frame = ref _frames[_depth];
        frame = new Frame
        {
            Tag = tag,
            Hidden = parent.Hidden || tag is HtmlTag.Template,
            Pre = parent.Pre || tag is HtmlTag.Pre or HtmlTag.Listing,
            Foreground = parent.Foreground,
            Background = parent.Background,
            Quote = parent.Quote,
            SavedBase = _baseQuote,
            OutStart = _out.Length,
        };
        _depth++;
        _open[(int)tag]++;
        if (tag is HtmlTag.Ol)
        {
            _ = int.TryParse(scanner.Raw(HtmlAttribute.Start), NumberStyles.None, CultureInfo.InvariantCulture, out var first);
            frame.Counter = Math.Clamp(first, 1, 1_000_000) - 1;
        }

        if (tag == HtmlTag.Blockquote || scanner.HasAny)
        {
            Dress(ref scanner, ref frame);
        }
    }

    /// <summary>Applies what the attributes say.</summary>
    private void Dress(ref HtmlScanner scanner, ref Frame frame)
    {
        var style = new HtmlStyle();
        if (scanner.Has(HtmlAttribute.Style))
        {
            var css = scanner.Raw(HtmlAttribute.Style);
            css = css[..Math.Min(css.Length, 4_096)];
            var decoded = css.Contains('&') ? HtmlEntities.DecodeAttribute(css) : css;
            style.Read(decoded);
            if (style.Picture.Length > 0)
            {
                _collected.Image(new string(decoded.Slice(style.Picture.Start, style.Picture.Length).Trim().Trim("'\"")));
            }
        }

        if (scanner.Has(HtmlAttribute.Background))
        {
            _collected.Image(scanner.Value(HtmlAttribute.Background));
            style.Background = HtmlStyle.UnknownColour;
        }

        if (scanner.Has(HtmlAttribute.Bgcolor) && style.Background == HtmlStyle.NoColour)
        {
            style.Background = HtmlStyle.Colour(scanner.Raw(HtmlAttribute.Bgcolor));
        }

        var colour = frame.Tag == HtmlTag.Font ? HtmlAttribute.Color : HtmlAttribute.Text;
        if (scanner.Has(colour) && frame.Tag is HtmlTag.Font or HtmlTag.Body && style.Foreground == HtmlStyle.NoColour)
        {
            style.Foreground = HtmlStyle.Colour(scanner.Raw(colour));
        }

        frame.Foreground = style.Foreground != HtmlStyle.NoColour ? style.Foreground : frame.Foreground;
        frame.Background = style.Background != HtmlStyle.NoColour ? style.Background : frame.Background;
        frame.Pre |= style.Pre;
        frame.Hidden |=
            style.Hidden
            || scanner.Has(HtmlAttribute.Hidden)
            || HtmlStyle.SameColour(frame.Foreground, frame.Background)
            || _sheet.Hides(scanner.Raw(HtmlAttribute.Class), scanner.Raw(HtmlAttribute.Id));
        frame.Style = QuoteOf(ref scanner, frame.Tag, style);
        frame.Quote += frame.Style == QuoteStyle.All && frame.Quote < 100 ? 1 : 0;
    }

    private static QuoteStyle QuoteOf(ref HtmlScanner scanner, HtmlTag tag, HtmlStyle style)
    {
        var classes = scanner.Raw(HtmlAttribute.Class);
        if (tag == HtmlTag.Blockquote)
        {
            // Gmail and Outlook use a borderless blockquote for indenting.
            var indents = style.BorderNone && !style.BorderLeft && classes.IsEmpty && !scanner.Has(HtmlAttribute.Type);
            return indents ? QuoteStyle.None : QuoteStyle.All;
        }

        if (tag != HtmlTag.Div)
        {
            return QuoteStyle.None;
        }

        if (classes.Contains("yahoo_quoted", StringComparison.Ordinal))
        {
            return QuoteStyle.AfterAttribution;
        }

        return style.BorderTop || scanner.Raw(HtmlAttribute.Id).EndsWith("divRplyFwdMsg", StringComparison.Ordinal)
            ? QuoteStyle.Header
            : QuoteStyle.None;
    }

    private void End(HtmlTag tag)
    {
        if (tag == HtmlTag.Br)
        {
            _out.Break();
            return;
        }

        if (_beyond > 0 && tag is not (HtmlTag.Body or HtmlTag.Html))
        {
            _beyond--;
            return;
        }

        if (tag == HtmlTag.A)
        {
            CloseLink();
        }

        if (_open[(int)tag] == 0 || tag is HtmlTag.Body or HtmlTag.Html)
        {
            return;
        }

        // An inline end tag does not close a block around it; the search is bounded, a block's pays for itself by popping.
        var inline = !HtmlNames.IsBlock(tag);
        var lowest = inline ? Math.Max(1, _depth - MaxSearch) : 1;
        var target = -1;
        for (var index = _depth - 1; index >= lowest; index--)
        {
            if (_frames[index].Tag == tag)
            {
                target = index;
                break;
            }

            if (inline && HtmlNames.IsBlock(_frames[index].Tag))
            {
                break;
            }
        }

        if (target > 0)
        {
            PopTo(target);
        }
    }

    private void PopTo(int target)
    {
        while (_depth > target)
        {
            ref var frame = ref _frames[--_depth];
            _open[(int)frame.Tag]--;
            if (HtmlNames.IsBlock(frame.Tag) && !frame.Hidden && frame.Tag is not (HtmlTag.Td or HtmlTag.Th))
            {
                _out.Block(HtmlNames.IsSpaced(frame.Tag) && frame.Tag is not (HtmlTag.P or HtmlTag.Ul or HtmlTag.Ol));
            }

            if (frame.Style == QuoteStyle.All)
            {
                _baseQuote = frame.SavedBase;
            }
            else if (frame.Style == QuoteStyle.Header && !frame.Hidden && _baseQuote < 100 && NamesSender(_out.From(frame.OutStart)))
            {
                _baseQuote++;
            }
        }

        WatchAttribution();
    }

    private static bool NamesSender(ReadOnlySpan<char> text)
    {
        text = text[..Math.Min(text.Length, 2_000)];
        return (text.Contains("From:", StringComparison.Ordinal) && text.Contains("Subject:", StringComparison.Ordinal))
            || (text.Contains("差出人", StringComparison.Ordinal) && text.Contains("件名", StringComparison.Ordinal));
    }

    /// <summary>Closes what the new element ends by the standard's rules: a paragraph, a list item, a cell, a row.</summary>
    private void CloseImplied(HtmlTag tag)
    {
        var until = tag switch
        {
            HtmlTag.Li => HtmlTag.Li,
            HtmlTag.Dd or HtmlTag.Dt => _open[(int)HtmlTag.Dd] > 0 ? HtmlTag.Dd : HtmlTag.Dt,
            HtmlTag.Td or HtmlTag.Th => _open[(int)HtmlTag.Td] > 0 ? HtmlTag.Td : HtmlTag.Th,
            HtmlTag.Tr => HtmlTag.Tr,
            HtmlTag.Option => HtmlTag.Option,
            _ => HtmlNames.IsBlock(tag) ? HtmlTag.P : HtmlTag.Other,
        };
        if (until == HtmlTag.Other || _open[(int)until] == 0)
        {
            return;
        }

        for (var index = _depth - 1; index > 0 && index >= _depth - MaxSearch; index--)
        {
            var open = _frames[index].Tag;
            if (open == until)
            {
                PopTo(index);
                return;
            }

            var barrier =
                open is HtmlTag.Table
                || (until == HtmlTag.Li && open is HtmlTag.Ul or HtmlTag.Ol)
                || (until == HtmlTag.P && open is HtmlTag.Td or HtmlTag.Th or HtmlTag.Caption or HtmlTag.Button or HtmlTag.Object);
            if (barrier)
            {
                return;
            }
        }
    }

    private struct Frame
    {
        public HtmlTag Tag;
        public QuoteStyle Style;
        public bool Hidden;
        public bool Pre;
        public int Foreground;
        public int Background;
        public int Quote;
        public int SavedBase;
        public int OutStart;
        public int Counter;
    }
}
