using System.Buffers.Binary;
using System.Text;
using Noroshi.MailAnatomy.FileTypes.Compound;
using Noroshi.MailAnatomy.FileTypes.Traits;

namespace Noroshi.MailAnatomy.FileTypes.Justsystems;

/// <summary>
/// The company's own summary stream: records of a number, 0x3100, a label in Japanese (UTF-16LE, 64 bytes), and 92 bytes after the label
/// the value, whose length stands 76 bytes after the label. Known from filters of search engines, which look for the labels as this does.
/// </summary>
internal static class IchitaroSummary
{
    private const int LengthAt = 80;
    private const int ValueAt = 96;
    private const int LabelBytes = 64;
    private const int MaxValue = 2_048;
    private const int MaxRecords = 64;

    /// <summary>Adds the values of the labels that say who made the document.</summary>
    public static void Add(ReadOnlySpan<byte> stream, string where, DocumentFacts facts)
    {
        var records = 0;
        for (var at = 0; at + ValueAt <= stream.Length && records < MaxRecords; at++)
        {
            if (
                stream[at + 2] != 0
                || stream[at + 3] != 0x31
                || stream[at + 1] != 0
                || Label(stream.Slice(at + 4, LabelBytes)) is not { } label
            )
            {
                continue;
            }

            records++;
            int length = BinaryPrimitives.ReadUInt16LittleEndian(stream[(at + LengthAt)..]);
            if (length is 0 or > MaxValue || at + ValueAt + length > stream.Length)
            {
                continue;
            }

            var value = Encoding.Unicode.GetString(stream.Slice(at + ValueAt, length & ~1));
            if (Kind(label, value) is { } kind)
            {
                facts.Trait(kind, value, $"{where}/{label}");
            }

            at += ValueAt - 1;
        }
    }

    private static TraitKind? Kind(string label, string value) =>
        label switch
        {
            "見出し" or "表題" or "タイトル" or "文書名" => TraitKinds.Common.Title,
            "作成者" => TraitKinds.Common.Author,
            "更新者" or "最終更新者" or "最終保存者" => TraitKinds.Common.LastAuthor,
            "会社名" or "所属" => TraitKinds.Common.Company,
            "管理者" => TraitKinds.Common.Manager,
            "キーワード" => TraitKinds.Common.Keywords,
            "コメント" or "備考" => TraitKinds.Common.Comments,
            "テンプレート" when !PathText.IsPath(value) => TraitKinds.Common.Template,
            _ => PathText.IsPath(value) ? TraitKinds.Common.OriginalPath : null,
        };

    /// <summary>A label is Japanese to its first NUL; anything else is chance.</summary>
    private static string? Label(ReadOnlySpan<byte> field)
    {
        var length = 0;
        for (; length + 2 <= field.Length; length += 2)
        {
            var letter = BinaryPrimitives.ReadUInt16LittleEndian(field[length..]);
            if (letter == 0)
            {
                break;
            }

            if (letter is not (>= 0x3041 and <= 0x30FE) and not (>= 0x4E00 and <= 0x9FFF) and not (>= 0xFF01 and <= 0xFF9F))
            {
                return null;
            }
        }

        return length >= 4 ? Encoding.Unicode.GetString(field[..length]) : null;
    }
}
