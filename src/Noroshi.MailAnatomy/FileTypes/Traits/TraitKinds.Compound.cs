namespace Noroshi.MailAnatomy.FileTypes.Traits;

public static partial class TraitKinds
{
    /// <summary>Documents in compound files.</summary>
    public static class Compound
    {
        /// <summary>Kind and version of the system that wrote the properties.</summary>
        public static readonly TraitKind WrittenOn = new("writtenOn", TraitWeight.Generic, "作成環境", "Written on");

        /// <summary>Category.</summary>
        public static readonly TraitKind Category = new("category", TraitWeight.Personal, "分類", "Category");

        /// <summary>What relative links start from.</summary>
        public static readonly TraitKind HyperlinkBase = new("hyperlinkBase", TraitWeight.Personal, "リンクの基点", "Hyperlink base");

        /// <summary>Time the compound file keeps of its root or of a storage; RFC 3339.</summary>
        public static readonly TraitKind StorageTime = new("storageTime", TraitWeight.Personal, "ストレージの日時", "Storage time");

        /// <summary>Class of the document (CLSID of the root).</summary>
        public static readonly TraitKind ClassId = new("classId", TraitWeight.Generic, "クラスID", "Class id");

        /// <summary>Fonts the document names.</summary>
        public static readonly TraitKind FontNames = new("fontNames", TraitWeight.Generic, "使用フォント", "Font names");
    }

    /// <summary>Macros.</summary>
    public static class Macro
    {
        /// <summary>Name of the project, unless it is the one every program gives.</summary>
        public static readonly TraitKind ProjectName = new("vbaProjectName", TraitWeight.Personal, "VBAプロジェクト名", "VBA project name");

        /// <summary>Id of the project: a GUID made once when the project was made.</summary>
        public static readonly TraitKind ProjectId = new("vbaProjectId", TraitWeight.Unique, "VBAプロジェクトID", "VBA project id");

        /// <summary>Module with its kind.</summary>
        public static readonly TraitKind Module = new("vbaModule", TraitWeight.Generic, "VBAモジュール", "VBA module");

        /// <summary>SHA-256 of a module's code without attributes, blanks and letter case.</summary>
        public static readonly TraitKind CodeHash = new("vbaCodeHash", TraitWeight.Unique, "VBAコードのハッシュ値", "VBA code hash");

        /// <summary>Library the project refers to.</summary>
        public static readonly TraitKind Reference = new("vbaReference", TraitWeight.Generic, "VBAの参照設定", "VBA reference");

        /// <summary>How the project is protected.</summary>
        public static readonly TraitKind Protection = new("vbaProtection", TraitWeight.Descriptive, "VBAの保護", "VBA protection");

        /// <summary>Procedure or name that runs by itself.</summary>
        public static readonly TraitKind AutoRun = new("autoRun", TraitWeight.Descriptive, "自動実行マクロ", "Runs by itself");
    }
}
