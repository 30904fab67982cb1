namespace Noroshi.MailAnatomy.Text.Charsets;

/// <summary>The characters that make up most of ordinary text in each language; they tell charsets with the same byte ranges apart.</summary>
internal static class Frequency
{
    private static readonly ulong[] JapaneseSet = Make(
        "日本人大年会国中長出事者社一二三四五六七八九十百千万円月火水木金土曜時分秒今前後上下左右東西南北内外新旧高学生先私方言語何行来見話聞書読電添付資料確認送信受返件名様御願致申"
            + "関連絡担当部課室員株式所属研究局省庁情報通知案参加開催予定期限本文以報告議題打合依頼回答質問調査結果対応用使利作成変更追削除住番号入力注意重要至急再度同場必可能不全自動配"
            + "世取引価格見積請求書契約注文納品発支払金額振込銀行口座購製商売店客顧営業務総経理財計算機器械技術開術者監督政府公共防衛外交安保障問題点検討記録画写真試験表版号集説明"
            + "思考知感手足目耳心体名古屋京都県市区町村丁番地駅道路車場面接採就職活応募履歴歴紹介講演師教授博士氏君彼女男子供達友家族父母主催者席欠決済済終了始初次最近遅早速急便利用登録解凍圧縮暗"
    );

    private static readonly ulong[] SimplifiedSet = Make(
        "的一是了我不人在他有这个上们来到时大地为子中你说生国年着就那和要她出也得里后自以会家可下而过天去能对小多然于心学么之都好看起发当没成只如事把还用第样道想作种开美总从无情"
            + "己面最女但现前些所同日手又行意动方期它头经长儿回位分爱老因很给名法间知世什两次使身者被高已其进此话常与活正感见明问力理点文几定本公特做外相西果走将月十实向声车全信重三机工物"
            + "气每并别真打太新比才便再书部水像等体却加电主界门利海受听表少代员许先口由安写性光白或住难望教命花结乐色更东神记处让应直字场平报友关放至认接告入内军民度山路带万边风解任金快原变通师立数四您请谢邮件附件公司联系"
    );

    private static readonly ulong[] TraditionalSet = Make(
        "的一是不了在人有我他這個們中來上大為和國地到以說時要就出會可也你對生能而子那得於著下自之年過發後作里用道行所然家種事成方多經麼去法學如都同現當沒動面起看定天分還進好小部其些主樣"
            + "理心她本前開但因只從想實日軍者意無力它與長把機十民第公此已工使情明性知全三又關點正業外將兩高間由問很最重並物手應戰向頭文體政美相見被利什二等產或新己制身果加西月話合回特代內信表化"
            + "老給世位次度門任常先海通教兒原東聲提立及比員解水名真論處走義各入幾口認條平系氣題活更別打女變四神總何電數安少報才結反受目太量再感建務做接必場件計管期市直資命山金指許統區保至您請謝郵件附"
    );

    private static readonly ulong[] KoreanSet = Make(
        "이가는을의에하고다한지은로도를서사기리어자인대시나있그아해라수스일보여정니과전부들만으게주구장공제원상신오면동비세안성유화조소방경국미호선계연회개내문무입습감합께요업메첨확드와된될했합년월관"
    );

    /// <summary>Weight of a character in Japanese text; <paramref name="other"/> for kanji that are not among the frequent ones.</summary>
    public static int Japanese(int codePoint, int other) =>
        codePoint switch
        {
            >= 0x3041 and <= 0x3096 => 10,
            >= 0x30A1 and <= 0x30FC => 10,
            >= 0x3000 and <= 0x303F => 8,
            >= 0xFF01 and <= 0xFF5E => 8,
            >= 0x2500 and <= 0x257F => 3,
            >= 0x2460 and <= 0x2473 => 6,
            >= 0x0370 and <= 0x04FF => 0,
            >= 0x4E00 and <= 0x9FFF => Has(JapaneseSet, codePoint) ? 9 : other,
            _ => other,
        };

    public static bool Simplified(int codePoint) => Has(SimplifiedSet, codePoint);

    public static bool Traditional(int codePoint) => Has(TraditionalSet, codePoint);

    public static bool Korean(int codePoint) => Has(KoreanSet, codePoint);

    private static bool Has(ulong[] set, int codePoint) => codePoint <= 0xFFFF && (set[codePoint >> 6] & (1UL << (codePoint & 63))) != 0;

    private static ulong[] Make(string letters)
    {
        var set = new ulong[0x10000 / 64];
        foreach (var letter in letters)
        {
            set[letter >> 6] |= 1UL << (letter & 63);
        }

        return set;
    }
}
