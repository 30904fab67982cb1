using System.Collections.Frozen;
using Noroshi.MailAnatomy.FileTypes.Naming;

namespace Noroshi.MailAnatomy.Tests.FileTypes;

/// <summary>What <c>file --mime-type</c> calls the formats, and why it differs where it does.</summary>
internal static class LibmagicTable
{
    internal sealed record Reason(string Ja, string En);

    private static readonly Reason Storage = new(
        "入れ物(OLE複合ファイル)だけを答えます。本製品は中のストリームまで見ます。",
        "It names the storage (OLE compound file) only; here the streams decide."
    );

    private static readonly Reason Package = new(
        "入れ物(ZIP)だけを答えます。本製品は中の一覧と宣言を見ます。",
        "It names the package (ZIP) only; here its directory and declarations decide."
    );

    private static readonly Reason Order = new(
        "OOXMLと分かっても種類を答えません(先頭の数個の並びで判断するため)。本製品は本体の宣言で決めます。",
        "It knows OOXML by the order of the first members and gives no kind here; the content type of the main part decides instead."
    );

    private static readonly Reason Variant = new(
        "マクロ付き・テンプレート・バイナリーを通常の形式と区別しません。",
        "It does not tell documents with macros, templates and binary workbooks from plain ones."
    );

    private static readonly Reason Source = new(
        "文字だけのファイルとして扱います。本製品は言語に特有の書き方が複数あるとき、そのスクリプトと判断します。",
        "Plain text to it; here several signs of the language together make it a script."
    );

    private static readonly Reason Xml = new(
        "XMLとだけ答えます。本製品は最上位の要素で決めます(Windowsが実行・参照する形式です)。",
        "XML to it; here the root element decides, because Windows runs or follows these."
    );

    private static readonly Reason Page = new(
        "XMLと答えます。本製品は最上位の要素がページのものなのでページとします。",
        "XML to it; here the root element makes it a page."
    );

    private static readonly Reason TextForm = new(
        "文字だけのファイルとして扱います。本製品は最初の数行の決まった形で決めます。",
        "Plain text to it; here the fixed form of the first lines decides."
    );

    private static readonly Reason Loose = new(
        "先頭が規格どおりでないため文字と答えます。開くプログラムはこれを受け付けるので、本製品も同じに扱います。",
        "Plain text to it, because the beginning breaks the rules; the programs that open it accept it, and so it is taken here."
    );

    private static readonly Reason Unknown = new(
        "この署名を知らないか、小さい見本にはない部分まで確かめるか、形式は分かってもMIME型の名前を持っていません。",
        "It does not know the signature, wants more of the file than a small fixture has, or has no media type for the format."
    );

    private static readonly Reason Wide = new("目印のないUTF-16を文字と認めません。", "UTF-16 without a byte order mark is no text to it.");

    private static readonly Reason Application = new(
        "HTMLと答えます。Windowsはこれをプログラムとして実行します。",
        "HTML to it; Windows runs this as a program."
    );

    private static readonly Reason Behind = new(
        "末尾のZIPを先に見つけます。Windowsではプログラムとして動くので、本製品はプログラムとし、ZIPは中身として開きます。",
        "It finds the ZIP at the end first; Windows runs it, so it is a program here, and the ZIP is opened as what is inside."
    );

    private static readonly Reason Summary = new(
        "要約情報があるためOfficeと答えます。本製品はジャストシステム独自のストリームで決めます。",
        "A summary makes it Office to libmagic; here the streams of JustSystems decide."
    );

    private static readonly Reason WebArchive = new(
        "メールと答えます。書き方は同じで、保存されたページであることはヘッダーで分かります。",
        "A mail to it; the form is the same, and the headers tell a saved page."
    );

    private const string Ooxml = "application/vnd.openxmlformats-officedocument.";
    private const string OpenDocument = "application/vnd.oasis.opendocument.";

    /// <summary>Names that mean the format, by format.</summary>
    private static readonly FrozenDictionary<string, FrozenSet<string>> Same = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["7z"] = "application/x-7z-compressed",
        ["apk"] = "application/vnd.android.package-archive",
        ["avi"] = "video/x-msvideo",
        ["bat"] = "text/x-msdos-batch",
        ["bmp"] = "image/bmp",
        ["cab"] = "application/vnd.ms-cab-compressed",
        ["chm"] = "application/vnd.ms-htmlhelp",
        ["class"] = "application/x-java-applet",
        ["csv"] = "text/csv",
        ["doc"] = "application/msword",
        ["docx"] = Ooxml + "wordprocessingml.document",
        ["dos"] = "application/x-dosexec",
        ["elf"] = "application/x-executable",
        ["eml"] = "message/rfc822",
        ["epub"] = "application/epub+zip",
        ["gif"] = "image/gif",
        ["gz"] = "application/gzip",
        ["heic"] = "image/heic",
        ["html"] = "text/html",
        ["ico"] = "image/vnd.microsoft.icon",
        ["ics"] = "text/calendar",
        ["iso"] = "application/x-iso9660-image",
        ["jaw"] = "application/x-ichitaro5",
        ["jbw"] = "application/x-ichitaro6",
        ["jpg"] = "image/jpeg",
        ["js"] = "application/javascript text/javascript",
        ["json"] = "application/json",
        ["jsw"] = "application/x-ichitaro4",
        ["lnk"] = "application/x-ms-shortcut",
        ["lzh"] = "application/x-lzh-compressed application/x-lha",
        ["mach-o"] = "application/x-mach-binary",
        ["mdb"] = "application/x-msaccess",
        ["mp4"] = "video/mp4",
        ["msg"] = "application/vnd.ms-outlook",
        ["odp"] = OpenDocument + "presentation",
        ["ods"] = OpenDocument + "spreadsheet",
        ["odt"] = OpenDocument + "text",
        ["ole"] = "application/x-ole-storage",
        ["ooxml"] = "application/encrypted",
        ["pdf"] = "application/pdf",
        ["pe32"] = "application/vnd.microsoft.portable-executable application/x-dosexec",
        ["pe32+"] = "application/vnd.microsoft.portable-executable application/x-dosexec",
        ["pgp"] = "application/pgp-encrypted",
        ["php"] = "text/x-php",
        ["png"] = "image/png",
        ["ppsx"] = Ooxml + "presentationml.presentation " + Ooxml + "presentationml.slideshow",
        ["pptx"] = Ooxml + "presentationml.presentation",
        ["py"] = "text/x-script.python",
        ["rar4"] = "application/x-rar",
        ["rar5"] = "application/x-rar",
        ["reg"] = "text/x-ms-regedit",
        ["rtf"] = "text/rtf",
        ["sh"] = "text/x-shellscript",
        ["slk"] = "application/x-sylk",
        ["svg"] = "image/svg+xml",
        ["tar"] = "application/x-tar",
        ["text"] = "text/plain",
        ["tif"] = "image/tiff",
        ["url"] = "application/x-wine-extension-ini application/x-mswinurl",
        ["vcf"] = "text/vcard",
        ["vsdx"] = "application/vnd.ms-visio.drawing.main+xml",
        ["wav"] = "audio/x-wav",
        ["webp"] = "image/webp",
        ["wmf"] = "image/wmf",
        ["xls"] = "application/vnd.ms-excel",
        ["xlsx"] = Ooxml + "spreadsheetml.sheet",
        ["xml"] = "text/xml",
        ["zip"] = "application/zip",
    }.ToFrozenDictionary(pair => pair.Key, pair => Extensions.Set(pair.Value), StringComparer.Ordinal);

    /// <summary>Reasons: formats in one string, the answer of libmagic, why.</summary>
    private static readonly (string Formats, string Mime, Reason Why)[] Differences =
    [
        ("jtd jttc jtdc justsystems msi ppt vba-project", "application/x-ole-storage", Storage),
        ("jtd", "application/vnd.ms-office", Summary),
        ("docx jar xps", "application/zip", Package),
        ("docx docm xlsx pptx", "application/octet-stream", Order),
        ("docm dotm dotx", Ooxml + "wordprocessingml.document", Variant),
        ("xlsm xlsb xltx", Ooxml + "spreadsheetml.sheet", Variant),
        ("pptm", Ooxml + "presentationml.presentation", Variant),
        ("bat js ps1 py vbs", "text/plain", Source),
        ("sct wsf library-ms search-ms settingcontent-ms webloc", "text/xml", Xml),
        ("html", "text/xml", Page),
        ("desktop iqy jse mbox mhtml cert", "text/plain", TextForm),
        ("pdf rtf eml", "text/plain", Loose),
        ("one", "text/plain", Unknown),
        ("cert emf mp3 one p7m p7s psd ttf udf", "application/octet-stream", Unknown),
        ("html", "application/octet-stream", Wide),
        ("hta", "text/html", Application),
        ("pe32", "application/zip", Behind),
        ("mhtml", "message/rfc822", WebArchive),
    ];

    /// <summary>Whether libmagic's answer means the format.</summary>
    public static bool Agrees(string format, string mime) => Same.TryGetValue(format, out var names) && names.Contains(mime);

    /// <summary>Why it differs; null when nobody has explained it.</summary>
    public static Reason? Why(string format, string mime) =>
        Differences.FirstOrDefault(row => row.Mime == mime && row.Formats.Split(' ').Contains(format, StringComparer.Ordinal)).Why;
}
