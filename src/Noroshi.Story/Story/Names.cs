namespace Noroshi.Makers.Story;

/// <summary>Invented people.</summary>
internal static class Names
{
    private static readonly (string Kanji, string Roman)[] Families =
    [
        ("相原", "aihara"),
        ("飯塚", "iizuka"),
        ("上杉", "uesugi"),
        ("榎本", "enomoto"),
        ("大場", "oba"),
        ("梶谷", "kajitani"),
        ("北川", "kitagawa"),
        ("黒木", "kuroki"),
        ("小池", "koike"),
        ("坂井", "sakai"),
        ("篠原", "shinohara"),
        ("須藤", "sudo"),
        ("瀬川", "segawa"),
        ("曽根", "sone"),
        ("高瀬", "takase"),
        ("千葉", "chiba"),
        ("塚本", "tsukamoto"),
        ("寺尾", "terao"),
        ("戸田", "toda"),
        ("中里", "nakazato"),
        ("西尾", "nishio"),
        ("沼田", "numata"),
        ("根岸", "negishi"),
        ("野口", "noguchi"),
        ("萩原", "hagiwara"),
        ("平野", "hirano"),
        ("福島", "fukushima"),
        ("堀田", "hotta"),
        ("増田", "masuda"),
        ("水谷", "mizutani"),
        ("村瀬", "murase"),
        ("望月", "mochizuki"),
        ("安田", "yasuda"),
        ("湯浅", "yuasa"),
        ("吉岡", "yoshioka"),
        ("若林", "wakabayashi"),
        ("渡部", "watabe"),
        ("丹羽", "niwa"),
        ("鶴見", "tsurumi"),
        ("柏木", "kashiwagi"),
    ];

    private static readonly (string Kanji, string Roman)[] Given =
    [
        ("明", "akira"),
        ("一樹", "kazuki"),
        ("英司", "eiji"),
        ("恵美", "emi"),
        ("薫", "kaoru"),
        ("和也", "kazuya"),
        ("恭子", "kyoko"),
        ("謙二", "kenji"),
        ("浩一", "koichi"),
        ("早苗", "sanae"),
        ("慎吾", "shingo"),
        ("純子", "junko"),
        ("誠", "makoto"),
        ("聡", "satoshi"),
        ("大輔", "daisuke"),
        ("千春", "chiharu"),
        ("哲也", "tetsuya"),
        ("敏夫", "toshio"),
        ("直樹", "naoki"),
        ("典子", "noriko"),
        ("春香", "haruka"),
        ("秀樹", "hideki"),
        ("文雄", "fumio"),
        ("真理", "mari"),
        ("正彦", "masahiko"),
        ("美穂", "miho"),
        ("康弘", "yasuhiro"),
        ("裕子", "yuko"),
        ("義男", "yoshio"),
        ("理恵", "rie"),
        ("良太", "ryota"),
        ("亘", "wataru"),
    ];

    /// <summary>A name.</summary>
    public static string Person(Dice dice) => $"{dice.Of(Families).Kanji} {dice.Of(Given).Kanji}";

    /// <summary>
    /// A name and what an address is made of. No two numbers below the number of pairs give the same name: strangers must not become one by
    /// chance.
    /// </summary>
    public static (string Name, string Local) Numbered(int number)
    {
        var pair = (int)((number * 457L) % (Families.Length * Given.Length));
        var (family, given) = (Families[pair % Families.Length], Given[pair / Families.Length]);
        var dice = new Dice($"local/{number}");
        var local = dice.Below(4) switch
        {
            0 => $"{given.Roman}.{family.Roman}",
            1 => $"{family.Roman}_{given.Roman[0]}",
            2 => $"{family.Roman}{given.Roman}",
            _ => $"{given.Roman}-{family.Roman}",
        };
        return ($"{family.Kanji} {given.Kanji}", $"{local}{number % 97 + 2}{(char)('a' + (number / 97 % 26))}");
    }
}
