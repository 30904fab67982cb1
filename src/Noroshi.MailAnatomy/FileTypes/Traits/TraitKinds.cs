using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;
using System.Reflection;

namespace Noroshi.MailAnatomy.FileTypes.Traits;

/// <summary>
/// The one table of traits. What several formats state stands in <see cref="Common"/>, so that an author is an author wherever it was
/// found; each area adds a nested class in a file of its own (<c>TraitKinds.Shortcut.cs</c>).
/// </summary>
public static partial class TraitKinds
{
    /// <summary>Every kind of every area, ordered by name (ordinal).</summary>
    [RequiresUnreferencedCode("Reads the nested classes; used by the manual and the command line, not by the worker.")]
    public static IReadOnlyList<TraitKind> All() =>
        [
            .. typeof(TraitKinds)
                .GetNestedTypes(BindingFlags.Public | BindingFlags.NonPublic)
                .SelectMany(area => area.GetFields(BindingFlags.Public | BindingFlags.Static))
                .Select(field => field.GetValue(null))
                .OfType<TraitKind>()
                .OrderBy(kind => kind.Name, StringComparer.Ordinal),
        ];

    /// <summary>The same table by name.</summary>
    [RequiresUnreferencedCode("See All.")]
    public static FrozenDictionary<string, TraitKind> ByName() => All().ToFrozenDictionary(kind => kind.Name, StringComparer.Ordinal);

    /// <summary>What documents, shortcuts and programs of many formats state alike.</summary>
    public static class Common
    {
        /// <summary>Who is named as the author.</summary>
        public static readonly TraitKind Author = new("author", TraitWeight.Personal, "作成者", "Author");

        /// <summary>Who saved last.</summary>
        public static readonly TraitKind LastAuthor = new("lastAuthor", TraitWeight.Personal, "最終更新者", "Last saved by");

        /// <summary>Company or organisation.</summary>
        public static readonly TraitKind Company = new("company", TraitWeight.Personal, "会社名", "Company");

        /// <summary>Manager.</summary>
        public static readonly TraitKind Manager = new("manager", TraitWeight.Personal, "管理者", "Manager");

        /// <summary>Title.</summary>
        public static readonly TraitKind Title = new("title", TraitWeight.Personal, "表題", "Title");

        /// <summary>Subject.</summary>
        public static readonly TraitKind Subject = new("subject", TraitWeight.Personal, "主題", "Subject");

        /// <summary>Keywords.</summary>
        public static readonly TraitKind Keywords = new("keywords", TraitWeight.Personal, "キーワード", "Keywords");

        /// <summary>Comment of the document.</summary>
        public static readonly TraitKind Comments = new("comments", TraitWeight.Personal, "コメント", "Comments");

        /// <summary>Path at which the file lay on its maker's machine.</summary>
        public static readonly TraitKind OriginalPath = new("originalPath", TraitWeight.Personal, "作成元のパス", "Original path");

        /// <summary>Name the file had when it was made.</summary>
        public static readonly TraitKind OriginalName = new("originalName", TraitWeight.Personal, "元のファイル名", "Original file name");

        /// <summary>Template.</summary>
        public static readonly TraitKind Template = new("template", TraitWeight.Generic, "テンプレート", "Template");

        /// <summary>Program that made the file.</summary>
        public static readonly TraitKind Application = new("application", TraitWeight.Generic, "作成ソフト", "Application");

        /// <summary>Its version.</summary>
        public static readonly TraitKind ApplicationVersion = new(
            "applicationVersion",
            TraitWeight.Generic,
            "作成ソフトのバージョン",
            "Application version"
        );

        /// <summary>When the content was made, as the file says; RFC 3339.</summary>
        public static readonly TraitKind CreatedAt = new("createdAt", TraitWeight.Personal, "作成日時", "Created at");

        /// <summary>When the content was saved last, as the file says; RFC 3339.</summary>
        public static readonly TraitKind SavedAt = new("savedAt", TraitWeight.Personal, "最終保存日時", "Saved at");

        /// <summary>When the content was printed last, as the file says; RFC 3339.</summary>
        public static readonly TraitKind PrintedAt = new("printedAt", TraitWeight.Personal, "最終印刷日時", "Printed at");

        /// <summary>Minutes of editing.</summary>
        public static readonly TraitKind EditingMinutes = new(
            "editingMinutes",
            TraitWeight.Descriptive,
            "編集時間(分)",
            "Editing time, minutes"
        );

        /// <summary>Times the document was saved.</summary>
        public static readonly TraitKind Revision = new("revision", TraitWeight.Descriptive, "改訂番号", "Revision");

        /// <summary>Pages.</summary>
        public static readonly TraitKind Pages = new("pages", TraitWeight.Descriptive, "ページ数", "Pages");

        /// <summary>Code page of the properties or texts.</summary>
        public static readonly TraitKind CodePage = new("codePage", TraitWeight.Generic, "コードページ", "Code page");

        /// <summary>Language, as the file states it.</summary>
        public static readonly TraitKind Language = new("language", TraitWeight.Generic, "言語", "Language");

        /// <summary>Id of the document or of the instance.</summary>
        public static readonly TraitKind DocumentId = new("documentId", TraitWeight.Unique, "文書ID", "Document id");

        /// <summary>NetBIOS name of the machine.</summary>
        public static readonly TraitKind MachineId = new("machineId", TraitWeight.Unique, "端末名", "Machine id");

        /// <summary>MAC address of the machine.</summary>
        public static readonly TraitKind MacAddress = new("macAddress", TraitWeight.Unique, "MACアドレス", "MAC address");

        /// <summary>Which kinds of macros there are.</summary>
        public static readonly TraitKind Macros = new("macros", TraitWeight.Descriptive, "マクロ", "Macros");

        /// <summary>Place outside the file that it loads or leads to.</summary>
        public static readonly TraitKind ExternalTarget = new("externalTarget", TraitWeight.Personal, "外部参照先", "External target");

        /// <summary>Command line that would run.</summary>
        public static readonly TraitKind CommandLine = new("commandLine", TraitWeight.Personal, "実行されるコマンド", "Command line");

        /// <summary>Similarity digest of the bytes (TLSH).</summary>
        public static readonly TraitKind Tlsh = new("tlsh", TraitWeight.Unique, "TLSH(類似ハッシュ)", "TLSH (similarity digest)");
    }
}
