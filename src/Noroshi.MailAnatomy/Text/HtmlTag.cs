namespace Noroshi.MailAnatomy.Text;

/// <summary>The elements that matter for reading; all others are <see cref="Other"/>.</summary>
internal enum HtmlTag : byte
{
    Other,
    A,
    Address,
    Area,
    Article,
    Aside,
    B,
    Base,
    Blockquote,
    Body,
    Br,
    Button,
    Caption,
    Center,
    Col,
    Dd,
    Div,
    Dl,
    Dt,
    Em,
    Embed,
    Fieldset,
    Figure,
    Font,
    Footer,
    Form,
    Frame,
    H1,
    H2,
    H3,
    H4,
    H5,
    H6,
    Head,
    Header,
    Hr,
    Html,
    I,
    Iframe,
    Img,
    Input,
    Label,
    Legend,
    Li,
    Link,
    Listing,
    Main,
    Meta,
    Nav,
    Noembed,
    Noframes,
    Object,
    Ol,
    Option,
    P,
    Param,
    Plaintext,
    Pre,
    Script,
    Section,
    Select,
    Source,
    Span,
    Strong,
    Style,
    Table,
    Tbody,
    Td,
    Template,
    Textarea,
    Tfoot,
    Th,
    Thead,
    Title,
    Tr,
    U,
    Ul,
    Wbr,
    Xmp,
    Count,
}

/// <summary>The attributes that matter for reading.</summary>
internal enum HtmlAttribute : byte
{
    Action,
    Alt,
    Background,
    Bgcolor,
    Class,
    Color,
    Content,
    Data,
    Hidden,
    Href,
    HttpEquiv,
    Id,
    Method,
    Src,
    Start,
    Style,
    Text,
    Type,
    Count,
}

/// <summary>Names to numbers, and what kind of element a number is.</summary>
internal static class HtmlNames
{
    private const int Longest = 12;

    private static readonly bool[] Blocks = Mark(
        HtmlTag.Address,
        HtmlTag.Article,
        HtmlTag.Aside,
        HtmlTag.Blockquote,
        HtmlTag.Body,
        HtmlTag.Caption,
        HtmlTag.Center,
        HtmlTag.Dd,
        HtmlTag.Div,
        HtmlTag.Dl,
        HtmlTag.Dt,
        HtmlTag.Fieldset,
        HtmlTag.Figure,
        HtmlTag.Footer,
        HtmlTag.Form,
        HtmlTag.H1,
        HtmlTag.H2,
        HtmlTag.H3,
        HtmlTag.H4,
        HtmlTag.H5,
        HtmlTag.H6,
        HtmlTag.Header,
        HtmlTag.Hr,
        HtmlTag.Html,
        HtmlTag.Legend,
        HtmlTag.Li,
        HtmlTag.Listing,
        HtmlTag.Main,
        HtmlTag.Nav,
        HtmlTag.Ol,
        HtmlTag.Option,
        HtmlTag.P,
        HtmlTag.Plaintext,
        HtmlTag.Pre,
        HtmlTag.Section,
        HtmlTag.Table,
        HtmlTag.Tbody,
        HtmlTag.Td,
        HtmlTag.Tfoot,
        HtmlTag.Th,
        HtmlTag.Thead,
        HtmlTag.Tr,
        HtmlTag.Ul,
        HtmlTag.Xmp
    );

    private static readonly bool[] Voids = Mark(
        HtmlTag.Area,
        HtmlTag.Base,
        HtmlTag.Br,
        HtmlTag.Col,
        HtmlTag.Embed,
        HtmlTag.Frame,
        HtmlTag.Hr,
        HtmlTag.Img,
        HtmlTag.Input,
        HtmlTag.Link,
        HtmlTag.Meta,
        HtmlTag.Param,
        HtmlTag.Source,
        HtmlTag.Wbr
    );

    private static readonly bool[] Spaced = Mark(
        HtmlTag.H1,
        HtmlTag.H2,
        HtmlTag.H3,
        HtmlTag.H4,
        HtmlTag.H5,
        HtmlTag.H6,
        HtmlTag.P,
        HtmlTag.Ul,
        HtmlTag.Ol,
        HtmlTag.Dl,
        HtmlTag.Pre,
        HtmlTag.Blockquote
    );

    /// <summary>Starts and ends a line.</summary>
    public static bool IsBlock(HtmlTag tag) => Blocks[(int)tag];

    /// <summary>Has no content and no end tag.</summary>
    public static bool IsVoid(HtmlTag tag) => Voids[(int)tag];

    /// <summary>Stands between blank lines.</summary>
    public static bool IsSpaced(HtmlTag tag) => Spaced[(int)tag];

    /// <summary>The number of an element.</summary>
    public static HtmlTag Tag(ReadOnlySpan<char> name)
    {
        Span<char> lower = stackalloc char[Longest];
        if (name.Length > Longest)
        {
            return HtmlTag.Other;
        }

        return Lower(name, lower) switch
        {
            "a" => HtmlTag.A,
            "address" => HtmlTag.Address,
            "area" => HtmlTag.Area,
            "article" => HtmlTag.Article,
            "aside" => HtmlTag.Aside,
            "b" => HtmlTag.B,
            "base" => HtmlTag.Base,
            "blockquote" => HtmlTag.Blockquote,
            "body" => HtmlTag.Body,
            "br" => HtmlTag.Br,
            "button" => HtmlTag.Button,
            "caption" => HtmlTag.Caption,
            "center" => HtmlTag.Center,
            "col" => HtmlTag.Col,
            "dd" => HtmlTag.Dd,
            "div" => HtmlTag.Div,
            "dl" => HtmlTag.Dl,
            "dt" => HtmlTag.Dt,
            "em" => HtmlTag.Em,
            "embed" => HtmlTag.Embed,
            "fieldset" => HtmlTag.Fieldset,
            "figure" => HtmlTag.Figure,
            "font" => HtmlTag.Font,
            "footer" => HtmlTag.Footer,
            "form" => HtmlTag.Form,
            "frame" => HtmlTag.Frame,
            "h1" => HtmlTag.H1,
            "h2" => HtmlTag.H2,
            "h3" => HtmlTag.H3,
            "h4" => HtmlTag.H4,
            "h5" => HtmlTag.H5,
            "h6" => HtmlTag.H6,
            "head" => HtmlTag.Head,
            "header" => HtmlTag.Header,
            "hr" => HtmlTag.Hr,
            "html" => HtmlTag.Html,
            "i" => HtmlTag.I,
            "iframe" => HtmlTag.Iframe,
            "img" => HtmlTag.Img,
            "image" => HtmlTag.Img,
            "input" => HtmlTag.Input,
            "label" => HtmlTag.Label,
            "legend" => HtmlTag.Legend,
            "li" => HtmlTag.Li,
            "link" => HtmlTag.Link,
            "listing" => HtmlTag.Listing,
            "main" => HtmlTag.Main,
            "meta" => HtmlTag.Meta,
            "nav" => HtmlTag.Nav,
            "noembed" => HtmlTag.Noembed,
            "noframes" => HtmlTag.Noframes,
            "object" => HtmlTag.Object,
            "ol" => HtmlTag.Ol,
            "option" => HtmlTag.Option,
            "p" => HtmlTag.P,
            "param" => HtmlTag.Param,
            "plaintext" => HtmlTag.Plaintext,
            "pre" => HtmlTag.Pre,
            "script" => HtmlTag.Script,
            "section" => HtmlTag.Section,
            "select" => HtmlTag.Select,
            "source" => HtmlTag.Source,
            "span" => HtmlTag.Span,
            "strong" => HtmlTag.Strong,
            "style" => HtmlTag.Style,
            "table" => HtmlTag.Table,
            "tbody" => HtmlTag.Tbody,
            "td" => HtmlTag.Td,
            "template" => HtmlTag.Template,
            "textarea" => HtmlTag.Textarea,
            "tfoot" => HtmlTag.Tfoot,
            "th" => HtmlTag.Th,
            "thead" => HtmlTag.Thead,
            "title" => HtmlTag.Title,
            "tr" => HtmlTag.Tr,
            "u" => HtmlTag.U,
            "ul" => HtmlTag.Ul,
            "wbr" => HtmlTag.Wbr,
            "xmp" => HtmlTag.Xmp,
            _ => HtmlTag.Other,
        };
    }

    /// <summary>The number of an attribute; <see cref="HtmlAttribute.Count"/> for those nobody asks for.</summary>
    public static HtmlAttribute Attribute(ReadOnlySpan<char> name)
    {
        Span<char> lower = stackalloc char[Longest];
        if (name.Length > Longest)
        {
            return HtmlAttribute.Count;
        }

        return Lower(name, lower) switch
        {
            "action" => HtmlAttribute.Action,
            "alt" => HtmlAttribute.Alt,
            "background" => HtmlAttribute.Background,
            "bgcolor" => HtmlAttribute.Bgcolor,
            "class" => HtmlAttribute.Class,
            "color" => HtmlAttribute.Color,
            "content" => HtmlAttribute.Content,
            "data" => HtmlAttribute.Data,
            "hidden" => HtmlAttribute.Hidden,
            "href" => HtmlAttribute.Href,
            "http-equiv" => HtmlAttribute.HttpEquiv,
            "id" => HtmlAttribute.Id,
            "method" => HtmlAttribute.Method,
            "src" => HtmlAttribute.Src,
            "start" => HtmlAttribute.Start,
            "style" => HtmlAttribute.Style,
            "text" => HtmlAttribute.Text,
            "type" => HtmlAttribute.Type,
            _ => HtmlAttribute.Count,
        };
    }

    /// <summary>Names are ASCII, so setting one bit of the capitals is enough.</summary>
    private static ReadOnlySpan<char> Lower(ReadOnlySpan<char> name, Span<char> lower)
    {
        for (var index = 0; index < name.Length; index++)
        {
            var character = name[index];
            lower[index] = character is >= 'A' and <= 'Z' ? (char)(character | 0x20) : character;
        }

        return lower[..name.Length];
    }

    private static bool[] Mark(params ReadOnlySpan<HtmlTag> tags)
    {
        var marks = new bool[(int)HtmlTag.Count];
        foreach (var tag in tags)
        {
            marks[(int)tag] = true;
        }

        return marks;
    }
}
