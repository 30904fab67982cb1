using System.Text;
using Noroshi.Hub.Intake;
using Noroshi.MailAnatomy;
using Noroshi.MailAnatomy.Findings;
using Noroshi.MailAnatomy.Indicators;
using Noroshi.MailAnatomy.Text;

namespace Noroshi.Hub.Conversations;

/// <summary>
/// Whether a mail sends its programs openly. Suppliers send self-extractors and updates, customers send scripts among their logs; what
/// separates them from an attack is that the mail says what it brings, that nothing about the file pretends to be something else, that a
/// self-extractor holds documents alone, and that a program comes from a domain that somebody answers for (attackers of windows wrote from free mail in 86 of 100 cases).
/// </summary>
internal sealed class ProgramSetting
{
    private static readonly string[] Declaring =
    [
        "実行形式", "実行ファイル", "自己解凍", "自己展開", "自己復号", "自動展開", "自動解凍", "exe", "インストーラ", "セットアップ", "更新プログラム",
        "修正プログラム", "更新ツール", "ファームウェア", "ドライバ", "パッチ", "installer", "executable", "self-extract", "self extract", "setup program",
        "firmware", "driver", "update tool", "patch",
    ];

    private static readonly string[] Documents =
    [
        ".doc", ".docx", ".xls", ".xlsx", ".ppt", ".pptx", ".pdf", ".jtd", ".txt", ".csv", ".jpg", ".png", ".tif", ".dwg", ".dxf",
    ];

    private static readonly string[] DeclaringScripts =
    [
        "スクリプト", "バッチ", "ソースコード", "ソース一式", "サンプルコード", "プログラム", "マクロ", "ログ", "script", "source", "batch", "code", "log", "patch",
    ];

    private readonly bool _declared;
    private readonly bool _declaredScripts;
    private readonly bool _freeMail;

    private ProgramSetting(string written, bool freeMail)
    {
        _declared = Has(written, Declaring);
        _declaredScripts = _declared || Has(written, DeclaringScripts);
        _freeMail = freeMail;
    }

    /// <summary>The setting of a mail.</summary>
    public static ProgramSetting Of(ProvidedMail mail)
    {
        ArgumentNullException.ThrowIfNull(mail);
        var written = (mail.Facts.Form?.Message ?? mail.Facts.Body.Of(BlockKind.New)).Normalize(NormalizationForm.FormKC);
        return new ProgramSetting(
            written,
            mail.Facts.Indicators.SenderService is MailServiceClass.Webmail or MailServiceClass.Disposable or MailServiceClass.Mobile
        );
    }

    /// <summary>Whether a program or script is sent openly.</summary>
    /// <param name="file">The file.</param>
    /// <param name="files">Every file of the mail.</param>
    public bool IsOpenly(FileFacts file, IReadOnlyList<FileFacts> files)
    {
        ArgumentNullException.ThrowIfNull(file);
        ArgumentNullException.ThrowIfNull(files);
        if (file.Disguises.Count > 0 || file.Type == FileType.Shortcut)
        {
            return false;
        }

        if (file.Type == FileType.Script)
        {
            return IsOpenScript(file, files);
        }

        if (_freeMail || files.Any(other => other.Type == FileType.Executable && other != file && IsWithin(file, other)))
        {
            // Nobody who means well packs a program into a self-extractor that is named after a document.
            return false;
        }

        return file.Children.Count > 0
            ? file.Children.All(IsDocument) && (_declared || file.Children.All(child => child.Type != FileType.EncryptedUnopened))
            : _declared && IsNamedAsProgram(file.Name);
    }

    private static bool IsWithin(FileFacts file, FileFacts other) => file.Path.StartsWith(other.Path + "/", StringComparison.Ordinal);

    /// <summary>A document, by content where it can be looked into, by name where it is locked.</summary>
    private static bool IsDocument(FileFacts file) =>
        file.Type switch
        {
            FileType.Office or FileType.Justsystems or FileType.Pdf or FileType.Image => true,
            FileType.EncryptedUnopened => Documents.Any(extension => file.Name.EndsWith(extension, StringComparison.OrdinalIgnoreCase)),
            FileType.Other => file.Format == "text",
            FileType.Executable
            or FileType.Shortcut
            or FileType.Script
            or FileType.Html
            or FileType.Mail
            or FileType.Archive
            or FileType.DiskImage => false,
        };

    /// <summary>Programs bear technical names, or names that say what they do; a document's name in Japanese is a pretence.</summary>
    private static bool IsNamedAsProgram(string name) => name.All(char.IsAscii) || Has(name, Declaring) || name.Contains("更新", StringComparison.Ordinal);

    /// <summary>
    /// A script is read, not guessed at: findings in it speak for themselves. Without any, one for another system (<c>.sh</c>, <c>.py</c>) is
    /// never a trap for a window, and others are none when the mail says so or when they lie among logs.
    /// </summary>
    private bool IsOpenScript(FileFacts file, IReadOnlyList<FileFacts> files)
    {
        if (file.Findings.Any(finding => finding.Severity == Severity.Suspicious))
        {
            return false;
        }

        if (file.Format is "sh" or "py" or "shell" or "python" or "perl" or "pl" or "rb" or "ruby")
        {
            return true;
        }

        // A name in Japanese is that of a document; nobody names a script so.
        var technical = file.Name.All(char.IsAscii);
        return technical && (_declaredScripts || files.Any(other => other.Format is "text" or "log" or "csv" && other.Path.Contains('/', StringComparison.Ordinal)));
    }

    private static bool Has(string text, string[] words) => Array.Exists(words, word => text.Contains(word, StringComparison.OrdinalIgnoreCase));
}
