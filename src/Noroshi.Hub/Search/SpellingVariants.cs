using System.Buffers;
using System.Collections.Frozen;
using System.Text;

namespace Noroshi.Hub.Search;

/// <summary>Spellings of the field that mean the same, in the folded form (katakana). The first of a line stands for all of it.</summary>
internal static class SpellingVariants
{
    private static readonly string[][] Words =
    [
        ["ヤリトリ", "ヤリ取リ", "遣リ取リ", "ヤリ取", "遣取リ"],
        ["問合セ", "問イ合ワセ", "問合ワセ", "問イ合セ", "トイアワセ"],
        ["申込", "申シ込ミ", "申込ミ", "申シ込"],
        ["打合セ", "打チ合ワセ", "打合ワセ", "打チ合セ"],
        ["見積", "見積モリ", "見積リ"],
        ["取扱", "取リ扱イ", "取扱イ", "取リ扱"],
        ["受付", "受ケ付ケ", "受付ケ", "受ケ付"],
        ["引継", "引キ継ギ", "引継ギ"],
        ["振込", "振リ込ミ", "振込ミ"],
        ["支払", "支払イ"],
        ["手続", "手続キ"],
        ["取引", "取リ引キ", "取引キ"],
        ["取下ゲ", "取リ下ゲ", "取下"],
        ["組合セ", "組ミ合ワセ", "組合ワセ"],
        ["差出人", "差シ出シ人", "差出シ人"],
        ["宛先", "宛テ先", "アテ先"],
        ["添付", "添附"],
        ["ナリスマシ", "成リスマシ", "成リ済マシ", "ナリ済マシ"],
        ["バラマキ", "バラ撒キ", "バラ蒔キ"],
        ["乗ッ取リ", "乗取リ", "ノットリ"],
        ["クダサイ", "下サイ"],
        ["イタダキ", "頂キ", "戴キ"],
        ["イタダケ", "頂ケ", "戴ケ"],
        ["イタダイ", "頂イ", "戴イ"],
        ["イタシ", "致シ"],
        ["ヨロシク", "宜シク"],
        ["アリガト", "有難", "有リ難"],
        ["ウイルス", "ウィルス", "ビールス"],
        ["ソフトウェア", "ソフトウエア"],
        ["ハードウェア", "ハードウエア"],
        ["マルウェア", "マルウエア"],
        ["ランサムウェア", "ランサムウエア"],
        ["メール", "メイル"],
        ["インターフェース", "インタフェース", "インターフェイス", "インタフェイス"],
        ["セキュリティ", "セキュリティー", "セキュリテイ"],
        ["プロキシ", "プロクシ", "プロキシー"],
        ["ファイアウォール", "ファイヤーウォール", "ファイヤウォール", "ファイアーウォール"],
        ["フィッシング", "フイッシング"],
        ["アーカイブ", "アーカイヴ"],
        ["フォルダ", "ホルダ"],
        ["eメール", "e-メール", "電子メール"],
    ];

    /// <summary>Characters that names are written with in several forms.</summary>
    private static readonly FrozenDictionary<char, char> Characters = new (char Written, char Usual)[]
    {
        ('髙', '高'),
        ('﨑', '崎'),
        ('嵜', '崎'),
        ('濵', '浜'),
        ('濱', '浜'),
        ('邊', '辺'),
        ('邉', '辺'),
        ('齋', '斎'),
        ('齊', '斉'),
        ('澤', '沢'),
        ('櫻', '桜'),
        ('國', '国'),
        ('廣', '広'),
        ('德', '徳'),
        ('眞', '真'),
        ('會', '会'),
        ('學', '学'),
        ('嶋', '島'),
        ('瀨', '瀬'),
        ('龍', '竜'),
        ('惠', '恵'),
        ('榮', '栄'),
        ('壽', '寿'),
        ('藏', '蔵'),
        ('實', '実'),
        ('圓', '円'),
        ('與', '与'),
    }.ToFrozenDictionary(pair => pair.Written, pair => pair.Usual);

    private static readonly FrozenDictionary<char, (string Written, string Usual)[]> ByFirst = Words
        .SelectMany(line => line.Skip(1).Select(written => (Written: written, Usual: line[0])))
        .GroupBy(pair => pair.Written[0])
        .ToFrozenDictionary(group => group.Key, group => group.OrderByDescending(pair => pair.Written.Length).ToArray());

    private static readonly SearchValues<string> Any = SearchValues.Create(
        [.. Words.SelectMany(line => line.Skip(1))],
        StringComparison.Ordinal
    );

    /// <summary>The usual form of a character.</summary>
    public static char Character(char character) => Characters.GetValueOrDefault(character, character);

    /// <summary>The text with one spelling for each word of the table.</summary>
    public static string Unify(string folded)
    {
        if (!folded.AsSpan().ContainsAny(Any))
        {
            return folded;
        }

        var unified = new StringBuilder(folded.Length);
        for (var at = 0; at < folded.Length; )
        {
            var used = ByFirst.TryGetValue(folded[at], out var words) ? Replace(folded, at, words, unified) : 0;
            if (used == 0)
            {
                unified.Append(folded[at]);
                used = 1;
            }

            at += used;
        }

        return unified.ToString();
    }

    private static int Replace(string folded, int at, (string Written, string Usual)[] words, StringBuilder unified)
    {
        foreach (var (written, usual) in words)
        {
            if (string.CompareOrdinal(folded, at, written, 0, written.Length) == 0)
            {
                unified.Append(usual);
                return written.Length;
            }
        }

        return 0;
    }
}
