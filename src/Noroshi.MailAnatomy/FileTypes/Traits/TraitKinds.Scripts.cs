namespace Noroshi.MailAnatomy.FileTypes.Traits;

public static partial class TraitKinds
{
    /// <summary>Scripts and active pages.</summary>
    public static class Scripts
    {
        /// <summary>Language.</summary>
        public static readonly TraitKind Kind = new("scriptKind", TraitWeight.Descriptive, "スクリプトの種類", "Kind of script");

        /// <summary>Calls of note.</summary>
        public static readonly TraitKind Calls = new("scriptCalls", TraitWeight.Descriptive, "注目される命令", "Calls of note");

        /// <summary>Long strings.</summary>
        public static readonly TraitKind LongStrings = new("longStrings", TraitWeight.Descriptive, "長い文字列の数", "Long strings");

        /// <summary>Entropy of the source.</summary>
        public static readonly TraitKind Entropy = new(
            "entropy",
            TraitWeight.Descriptive,
            "文字のエントロピー(ビット)",
            "Entropy of the characters, bits"
        );

        /// <summary>Name under which a page saves what it carries.</summary>
        public static readonly TraitKind DownloadName = new(
            "downloadName",
            TraitWeight.Personal,
            "保存させるファイル名",
            "Name of the file to be saved"
        );
    }
}
