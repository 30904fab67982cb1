namespace Noroshi.MailAnatomy.Findings;

public static partial class FindingCodes
{
    /// <summary>Pictures.</summary>
    public static class Images
    {
        /// <summary>So many pixels that decoding is an attack.</summary>
        public static readonly FindingCode PixelFlood = new(
            "image.pixel-flood",
            Severity.Suspicious,
            "画像の縦横の大きさが異常で、開くソフトのメモリーを使い果たすおそれがあります。",
            "The picture states a size that would exhaust the memory of whatever opens it."
        );

        /// <summary>Data behind the end.</summary>
        public static readonly FindingCode TrailingData = new(
            "image.trailing-data",
            Severity.Note,
            "画像の終わりの後ろに、画像ではないデータがあります。",
            "Data that is no part of the picture stands behind its end."
        );

        /// <summary>A file behind the end.</summary>
        public static readonly FindingCode HiddenFile = new(
            "image.hidden-file",
            Severity.Suspicious,
            "画像の終わりの後ろに、別のファイルが隠されています。",
            "Another file is hidden behind the end of the picture."
        );
    }
}
