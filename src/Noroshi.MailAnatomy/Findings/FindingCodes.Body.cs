namespace Noroshi.MailAnatomy.Findings;

public static partial class FindingCodes
{
    /// <summary>HTML bodies.</summary>
    public static class Html
    {
        /// <summary>Text nobody sees.</summary>
        public static readonly FindingCode HiddenText = new(
            "html.hidden-text",
            Severity.Note,
            "HTML本文に、画面には見えない文字が含まれています。",
            "The HTML body holds text that cannot be seen."
        );

        /// <summary>Script elements.</summary>
        public static readonly FindingCode Script = new(
            "html.script",
            Severity.Suspicious,
            "HTML本文にスクリプトが含まれています。",
            "The HTML body holds a script."
        );

        /// <summary>A form.</summary>
        public static readonly FindingCode Form = new(
            "html.form",
            Severity.Suspicious,
            "HTML本文に入力フォームが含まれています。",
            "The HTML body holds an input form."
        );

        /// <summary>meta refresh.</summary>
        public static readonly FindingCode MetaRefresh = new(
            "html.meta-refresh",
            Severity.Suspicious,
            "HTML本文に、別のページへ自動的に移動させる指定があります。",
            "The HTML body sends the reader on to another page by itself."
        );

        /// <summary>base href.</summary>
        public static readonly FindingCode BaseHref = new(
            "html.base-href",
            Severity.Note,
            "HTML本文で、相対リンクの基準となるURLが指定されています。",
            "The HTML body sets the base address of its relative links."
        );

        /// <summary>A data: URI that is no picture.</summary>
        public static readonly FindingCode DataUri = new(
            "html.data-uri",
            Severity.Suspicious,
            "HTML本文のリンクやフレームに、画像以外のデータが直接埋め込まれています。",
            "A link or frame of the HTML body carries data that is no picture."
        );

        /// <summary>Frames and objects.</summary>
        public static readonly FindingCode Embedded = new(
            "html.embedded",
            Severity.Suspicious,
            "HTML本文に、フレームや埋め込みオブジェクトが含まれています。",
            "The HTML body holds a frame or an embedded object."
        );

        /// <summary>Elements within elements beyond what any writer makes.</summary>
        public static readonly FindingCode Deep = new(
            "html.deep",
            Severity.Suspicious,
            "HTML本文の要素の入れ子が異常に深くなっています。",
            "The elements of the HTML body are nested abnormally deep."
        );

        /// <summary>Text cut.</summary>
        public static readonly FindingCode TextLimit = new(
            "limit.html-text",
            Severity.Limit,
            "HTML本文が長いため、先頭部分だけをテキストにしました。",
            "The HTML body is long; only its beginning was turned into text."
        );

        /// <summary>Links cut.</summary>
        public static readonly FindingCode LinkLimit = new(
            "limit.html-links",
            Severity.Limit,
            "HTML本文のリンクや画像が多いため、先頭の一部だけを記録しました。",
            "The HTML body has very many links or pictures; only the first were kept."
        );
    }

    /// <summary>URLs.</summary>
    public static class Url
    {
        /// <summary>Host written as a number or percent-encoded.</summary>
        public static readonly FindingCode ObfuscatedHost = new(
            "url.obfuscated-host",
            Severity.Suspicious,
            "URLのホストが、10進数・16進数・8進数やパーセント記号で読みにくく書かれています。",
            "A URL writes its host as a decimal, hexadecimal or octal number or in percent signs."
        );

        /// <summary>A name before @ that looks like a host.</summary>
        public static readonly FindingCode UserInfo = new(
            "url.userinfo",
            Severity.Suspicious,
            "URLの「@」の前に別のホスト名のような文字列があり、接続先を誤認させるおそれがあります。",
            "A URL has what looks like a host before its @ sign and may mislead about where it leads."
        );

        /// <summary>Link text names another host.</summary>
        public static readonly FindingCode ShownDiffers = new(
            "url.shown-differs",
            Severity.Suspicious,
            "リンクの表示文字列が、実際の接続先とは別のホストを示しています。",
            "The text of a link names another host than the link leads to."
        );
    }

    /// <summary>Indicators.</summary>
    public static class Indicators
    {
        /// <summary>A list was cut.</summary>
        public static readonly FindingCode Limit = new(
            "limit.indicators",
            Severity.Limit,
            "URLやアドレスなどが多いため、先頭の一部だけを記録しました。",
            "There are very many URLs, addresses or the like; only the first were kept."
        );
    }
}
