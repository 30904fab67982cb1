namespace Noroshi.MailAnatomy.Tests.Passwords;

/// <summary>
/// Phrasings set aside before the grammar was written. Authored for this project. The first run over them, before any adjustment, gave
/// 74 of 75; docs/passwords.md has all figures.
/// </summary>
internal static class HeldOutPhrases
{
    public static readonly IReadOnlyList<PhraseCase> All =
    [
        new(
            "いつもお世話になっております。\n先ほどお送りした添付ファイルのパスワードをお知らせいたします。\n\nパスワード：Kx7mQ2pz\n\nよろしくお願いいたします。",
            "Kx7mQ2pz"
        ),
        new("添付ファイルを開く際のパスワードは「sakura0412」でございます。", "sakura0412"),
        new("お手数ですが、下記のパスワードで解凍してください。\n\n  hq8#Lw2!\n\n日の出精機 山田", "hq8#Lw2!"),
        new("解凍用PW→mt5590", "mt5590"),
        new("【解凍パスワード】\nTYO-2014-K", "TYO-2014-K"),
        new("■ パスワード ■\n────────\nn3jd92ka\n────────", "n3jd92ka"),
        new("※パスワードは２０１４ａｂｃです。", "2014abc"),
        new("ＺＩＰパスワード：ｆｕｊｉｍｉ", "fujimi"),
        new("The password for the attached document is Blue$Sky88.", "Blue$Sky88"),
        new("Please find the file attached. Password - r7TqwLp", "r7TqwLp"),
        new("PW : 55Zt-qa", "55Zt-qa"),
        new("pass：goyoyaku", "goyoyaku"),
        new("添付のZIPファイルは「ab12cd34」で開けます。", "ab12cd34"),
        new("開封にはパスワードが必要です。パスワードはhinode（すべて半角小文字）です。", "hinode"),
        new("ファイルにはパスワードを設定しております。\n恐れ入りますが、以下をご入力ください。\n「Gk4-0098」", "Gk4-0098"),
        new("暗号化ZIPの展開パスワードにつきましては、vQ81xmKe となります。", "vQ81xmKe"),
        new("パスワードはお電話でお伝えした 7731 です。", "7731"),
        new("ファイル名：見積書.zip\nパスワード：x9x8x7\n有効期限：2014/06/30", "x9x8x7"),
        new("Password for zip: infected666", "infected666"),
        new("To open the archive, use the code 83-aXz-19.", "83-aXz-19"),
        new("use \"tulip77\" as the password when you extract the files", "tulip77"),
        new("pwd=Zx81!", "Zx81!"),
        new("P/W: hello2u", "hello2u"),
        new("合言葉は「やまかわ」です。", "やまかわ"),
        new("暗証番号：４８２９", "4829"),
        new("解凍キー：[mori_77]", "mori_77"),
        new("暗号化キーは次のとおりです。\n\nAE9920-bbQ", "AE9920-bbQ"),
        new("パスワード　：　tokyo 2014 (スペースは不要です)", "tokyo2014"),
        new("パスワードはa b c 9 8 7です(スペースなし)", "abc987"),
        new("<b>パスワード</b>\n  nara710", "nara710"),
        new("パスワード | kyoto794\n担当 | 山田", "kyoto794"),
        new("項目\t内容\nパスワード\tedo1603\n期限\t5月末", "edo1603"),
        new("パスワードは本日の日付8桁（西暦から）です。", "20140512"),
        new("Password is today's date (YYYYMMDD).", "20140512"),
        new("パスワードは今日の日付（月日4桁）になります。", "0512"),
        new("パスワードは当社代表電話番号の下四桁です。\n\n日の出精機株式会社\nTEL 03-5555-0187 FAX 03-5555-0199", "0187"),
        new("パスワードは御社のメールアドレスの＠より前の部分です。", "madoguchi"),
        new("添付の見積書をご確認ください。pass(qa55wz)", "qa55wz"),
        new("（PASS：11235813）", "11235813"),
        new("なお、パスワードについては「Mnb;90」（鉤括弧内）をお使いください。", "Mnb;90"),
        new("なお、mugi-2014 がパスワードになっております。", "mugi-2014"),
        new("『ktr_0099』をパスワードとして入力してください", "ktr_0099"),
        new("添付ファイルには「7h7h」というパスワードをかけてあります。", "7h7h"),
        new("パスワードを「riko2014」に設定しました。", "riko2014"),
        new("山田です。\n先程のメールのパスワードです。\n\nqwe741\n\n以上", "qwe741"),
        new("さきほどのファイルのPASSです\n>> 9aB3c\nよろしくお願いします", "9aB3c"),
        new("I have protected the file with the password apple-tart-9.", "apple-tart-9"),
        new("The file is encrypted. Here is the key:\n\n    u7Pq0Lx2\n\nRegards,\nTaro", "u7Pq0Lx2"),
        new("unlock code is 90210X", "90210X"),
        new("Passcode → 4412", "4412"),
        new("the zip password is 'n0ro$hi' (without quotes)", "n0ro$hi"),
        new("You will need this password to open it: marble(3)", "marble(3)"),
        new("Extract with password \"let me in\"", "let me in"),
        new("My resume is attached, pass word: cv2014", "cv2014"),
        new("ﾊﾟｽﾜｰﾄﾞ:kani88", "kani88"),
        new("パス：nk-31", "nk-31"),
        new("パスは zc31 です", "zc31"),
        new("ＰＷ＝ｔｋ＿０１", "tk_01"),
        new("パスワードは以下になります。\n↓↓↓\nWm3kd0\n↑↑↑", "Wm3kd0"),
        new("パスワード（数字4桁）：0303", "0303"),
        new("パスワードは4桁の数字で、2580です。", "2580"),
        new("展開時のパスワードには【Rp-7721】を入力願います。", "Rp-7721"),
        new("ID：guest01\nPW：umi#33", "umi#33"),
        new("添付資料はパスワードで保護されています。パスワード: AbCdEf_123。ご確認ください。", "AbCdEf_123"),
        new("お送りした履歴書のパスワードですが、rireki14 でお願いいたします。", "rireki14"),
        new("復号パスワード：%Tg5^hY", "%Tg5^hY"),
        new("パスワード　→　<<asahi22>>", "asahi22"),
        new("パスワードは「hana」＋「2014」です。", "hana2014"),
        new(
            "パスワードをお送りします。\n-----------------\nパスワード(半角英数): zr4m8\n-----------------\n※このメールに心当たりのない方は破棄してください。",
            "zr4m8"
        ),
        new("> 添付ファイルのパスワードは次の通りです。\n> \n> yk-5508\n>\n> よろしくお願いいたします", "yk-5508"),
        new("The attachment can be opened by entering 6612QX.", "6612QX"),
        new("Password below\n=====\nDf9-kk2\n=====", "Df9-kk2"),
        new("PASSWORD[ mZ40x ]", "mZ40x"),
        new("解凍の際は kbt0021 とご入力ください。", "kbt0021"),
        new("別途ご連絡するとお伝えしておりましたパスワードは ow83ms です。", "ow83ms"),
    ];

    /// <summary>Texts that name a password without giving it.</summary>
    public static readonly IReadOnlyList<string> WithoutPassword =
    [
        "パスワードは別途お送りいたします。",
        "添付ファイル（見積書_201405.zip）のパスワードは、別メールにてご連絡いたします。",
        "解凍パスワードにつきましては追ってお知らせします。",
        "The password will be sent to you in a separate email.",
        "I will send you the password by phone.",
        "パスワードは前回と同じです。",
        "パスワードはお電話にてお問い合わせください。",
        "Please tell me the password, I cannot open the file.",
        "パスワードがわからないため、開けません。教えていただけますでしょうか。",
        "Passwords must be changed every 90 days according to the company policy.",
    ];
}
