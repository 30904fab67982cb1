namespace Noroshi.MailAnatomy.Tests.Passwords;

/// <summary>
/// A second list set aside, authored after the grammar had been adjusted, to see whether the first figure was luck. Authored for this project.
/// Its first run gave 39 of 40.
/// </summary>
internal static class SecondHeldOutPhrases
{
    public static readonly IReadOnlyList<PhraseCase> All =
    [
        new("本メールは先に送付しました資料のパスワード通知です。\n\nパスワード\n　zEbRa-41\n\n本メールへの返信は不要です。", "zEbRa-41"),
        new(
            "このたびは取材をお引き受けいただきありがとうございます。質問票にはパスワードをかけており、shitsumon14 で開きます。",
            "shitsumon14"
        ),
        new("念のため暗号化してお送りします。パスワードは私の携帯番号の下4桁です。\n\n山田 090-1234-7788", "7788"),
        new("解凍パスワード ⇒ hk_2209", "hk_2209"),
        new("【添付ファイル解凍パスワード】　PYq8-mmR", "PYq8-mmR"),
        new("圧縮ファイルのパスワードは『ringo』になっておりますのでよろしくお願いします。", "ringo"),
        new("パスワードは半角で vol.38 です。", "vol.38"),
        new("ＰａｓｓＷｏｒｄは、ｎａｇｏｙａ４５６です。", "nagoya456"),
        new("P.W.：kasumi3", "kasumi3"),
        new("パスワード(すべて半角英小文字)\nyamanote", "yamanote"),
        new("パスワード：\n\n\n77-Rocket-a\n\n以上、よろしくお願いします。", "77-Rocket-a"),
        new("下記、開封パスワードです。\n**********\nMx#4421\n**********", "Mx#4421"),
        new("ファイルを開くときに求められるパスワードは「seiki」＋西暦「2014」です。", "seiki"),
        new("パスワードは数字で 60231 を入力してください。", "60231"),
        new("パスワード入力画面が表示されましたら wq-5512 と入力願います。", "wq-5512"),
        new("恐れ入りますがパスワード『x_x77』にて解凍をお願いいたします。", "x_x77"),
        new("パスワードにつきましては「P0ster!」を設定させていただいております。", "P0ster!"),
        new("文書を保護しています。保護解除のパスワード: lmn321", "lmn321"),
        new("エクセルファイルの読み取りパスワードは keiri05 です。", "keiri05"),
        new("Word文書の閲覧パスワード：eturan!9", "eturan!9"),
        new("上記ファイルのパスワード　→　「Hk2」ではなく「Hk3」です", "Hk3"),
        new("パスワード:tanaka@2014", "tanaka@2014"),
        new("ﾊﾟｽﾜｰﾄﾞは「ﾅｺﾞﾔ」です", "ナゴヤ"),
        new("解凍パスワード＝受付番号です。受付番号：UK-20881", "UK-20881"),
        new("Decryption password: c4ctus", "c4ctus"),
        new("The attachment is password-protected; the password is falcon.", "falcon"),
        new("I've set 'osprey21' as the password.", "osprey21"),
        new("To view the document please type in the following password: VW-golf-3", "VW-golf-3"),
        new("Archive pass: 123qwe!@#", "123qwe!@#"),
        new("pw 4 zip = moose8", "moose8"),
        new("Pwd for opening: T_T99", "T_T99"),
        new("The file password is the date of this email in the format DDMMYYYY.", "12052014"),
        new("Passcode for the secured file – 5G7H", "5G7H"),
        new("Kindly use this key to unlock: MK-ultra-5", "MK-ultra-5"),
        new("The attached RAR is encrypted.\nPassword\n\tGhost_01", "Ghost_01"),
        new("(password: snow22)", "snow22"),
        new("Hi, resume attached, pass is 'intern2014'. Thanks!", "intern2014"),
        new("We use a shared secret for this. Enter Umbrella-7 to open.", "Umbrella-7"),
        new("解压密码：abcd9988", "abcd9988"),
        new("パスワード（コピー＆ペーストでご利用ください）\n\nTg%h^88kLp\n", "Tg%h^88kLp"),
    ];
}
