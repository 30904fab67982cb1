namespace Noroshi.MailAnatomy.FileTypes.Traits;

public static partial class TraitKinds
{
    /// <summary>PDF.</summary>
    public static class Pdf
    {
        /// <summary>Library that wrote the PDF.</summary>
        public static readonly TraitKind Producer = new("producer", TraitWeight.Generic, "PDF変換ソフト", "PDF producer");

        /// <summary>Times the file was saved by appending.</summary>
        public static readonly TraitKind Updates = new("pdfUpdates", TraitWeight.Descriptive, "追記保存の回数", "Appended updates");

        /// <summary>Table, stream or both.</summary>
        public static readonly TraitKind CrossReference = new(
            "pdfCrossReference",
            TraitWeight.Descriptive,
            "相互参照の形式",
            "Kind of cross-reference"
        );

        /// <summary>Active keywords with how often they occur.</summary>
        public static readonly TraitKind Keywords = new(
            "pdfKeywords",
            TraitWeight.Descriptive,
            "動作に関わるキーワード",
            "Active keywords"
        );

        /// <summary>Encryption of a file that opens without a password.</summary>
        public static readonly TraitKind Encryption = new("pdfEncryption", TraitWeight.Generic, "PDFの暗号化方式", "PDF encryption");
    }
}
