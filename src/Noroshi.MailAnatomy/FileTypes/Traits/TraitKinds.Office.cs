namespace Noroshi.MailAnatomy.FileTypes.Traits;

public static partial class TraitKinds
{
    /// <summary>Documents of Office and OpenDocument as packages, RTF and OneNote.</summary>
    public static class OfficeDocument
    {
        /// <summary>Id of the first editing session, which copies of a document keep.</summary>
        public static readonly TraitKind RsidRoot = new(
            "rsidRoot",
            TraitWeight.Unique,
            "最初の編集セッションID",
            "First editing session id"
        );

        /// <summary>Ids of editing sessions, hex, ascending, joined by blanks.</summary>
        public static readonly TraitKind Rsids = new("rsids", TraitWeight.Unique, "編集セッションID一覧", "Editing session ids");

        /// <summary>Path of the attached template on the maker's machine.</summary>
        public static readonly TraitKind TemplatePath = new(
            "templatePath",
            TraitWeight.Personal,
            "テンプレートのパス",
            "Path of the template"
        );

        /// <summary>A property that the maker or his program added: <c>name=value</c>.</summary>
        public static readonly TraitKind CustomProperty = new("customProperty", TraitWeight.Personal, "独自プロパティ", "Custom property");

        /// <summary>Who commented or changed something.</summary>
        public static readonly TraitKind Contributor = new("contributor", TraitWeight.Personal, "編集者・コメント者", "Contributor");

        /// <summary>Account of a contributor as the identity provider knows it.</summary>
        public static readonly TraitKind ContributorAccount = new(
            "contributorAccount",
            TraitWeight.Unique,
            "編集者のアカウントID",
            "Account of a contributor"
        );

        /// <summary>Printer that was set up when the document was saved.</summary>
        public static readonly TraitKind Printer = new("printer", TraitWeight.Personal, "プリンター名", "Printer");

        /// <summary>SHA-256 of the preview picture.</summary>
        public static readonly TraitKind Thumbnail = new("thumbnail", TraitWeight.Generic, "縮小画像のSHA-256", "SHA-256 of the preview");

        /// <summary>Data source that the document asks.</summary>
        public static readonly TraitKind DataConnection = new("dataConnection", TraitWeight.Personal, "データ接続", "Data connection");

        /// <summary>Sheet that is not shown: <c>hidden name</c> or <c>veryHidden name</c>.</summary>
        public static readonly TraitKind HiddenSheet = new("hiddenSheet", TraitWeight.Descriptive, "非表示シート", "Hidden sheet");

        /// <summary>Class of an embedded or linked object.</summary>
        public static readonly TraitKind ObjectClass = new(
            "objectClass",
            TraitWeight.Descriptive,
            "埋め込みオブジェクトの種類",
            "Object class"
        );

        /// <summary>Title of a page of a notebook.</summary>
        public static readonly TraitKind PageTitle = new("pageTitle", TraitWeight.Personal, "ページの表題", "Page title");
    }
}
