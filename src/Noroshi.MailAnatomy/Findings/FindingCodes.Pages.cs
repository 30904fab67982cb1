namespace Noroshi.MailAnatomy.Findings;

public static partial class FindingCodes
{
    /// <summary>HTML and SVG files.</summary>
    public static class Pages
    {
        /// <summary>Asks for a password.</summary>
        public static readonly FindingCode PasswordForm = new(
            "html.password-form",
            Severity.Suspicious,
            "添付のページがパスワードの入力を求めています。",
            "The attached page asks for a password."
        );

        /// <summary>A script leads elsewhere.</summary>
        public static readonly FindingCode Redirect = new(
            "html.redirect",
            Severity.Suspicious,
            "ページを開くと、スクリプトが別のアドレスへ移動させます。",
            "A script of the page leads on to another address."
        );

        /// <summary>A link that runs script.</summary>
        public static readonly FindingCode ScriptLink = new(
            "html.script-link",
            Severity.Note,
            "クリックするとスクリプトが動くリンクがあります。",
            "A link of the page runs script."
        );

        /// <summary>A picture that acts.</summary>
        public static readonly FindingCode ActivePicture = new(
            "svg.script",
            Severity.Suspicious,
            "SVG画像の中にスクリプトやHTMLが含まれています。",
            "The SVG picture holds script or HTML."
        );
    }
}
