using System.Buffers;
using System.Text;
using Noroshi.MailAnatomy.Text.Charsets;

namespace Noroshi.MailAnatomy.Text;

/// <summary>
/// Recognises the notice a web form sends to a window: labelled values with the person's address among them, and evidence
/// that a form wrote it. A signature has labels too (Name, TEL, E-mail); it lacks the evidence.
/// </summary>
public static class WebFormDetector
{
    private const int MaxLines = 400;
    private const int MaxValue = 500;
    private const int MaxMessage = 4_000;

    private static readonly SearchValues<char> RuleMarks = SearchValues.Create("-=_*~━═─＝＊―－ー‐・…+#");

    private static readonly PhraseSet Phrases = new(
        "フォームより",
        "フォームから",
        "フォームにて",
        "お問い合わせがありました",
        "お問合せがありました",
        "お問い合わせを受け付けました",
        "以下の内容で",
        "下記の内容で",
        "次の内容で",
        "以下の通りお問い合わせ",
        "以下のとおり",
        "送信されました",
        "サイトよりお問い合わせ",
        "サイトからのお問い合わせ",
        "ホームページからの",
        "ホームページより",
        "お問い合わせフォーム",
        "お問合せフォーム",
        "問い合わせフォーム",
        "資料請求フォーム",
        "contact form",
        "web form",
        "feedback form",
        "form submission",
        "inquiry form",
        "enquiry form",
        "submitted the following",
        "submitted from",
        "[form]",
        "フォームメール",
        "入力内容"
    );

    [Flags]
    private enum Field
    {
        None = 0,
        Name = 1,
        Address = 2,
        Subject = 4,
        Message = 8,
        Phone = 16,
        Company = 32,
        Other = 64,
    }

    /// <summary>Detects a notice.</summary>
    /// <param name="subject">Decoded subject.</param>
    /// <param name="body">Body taken apart.</param>
    /// <param name="fromAddress">From address: the person's own when the form forges it, else the web server's.</param>
    /// <returns>What the person typed; null when the mail is no form notice.</returns>
    public static WebFormNotice? Detect(string subject, BodyText body, string? fromAddress)
    {
        ArgumentNullException.ThrowIfNull(subject);
        ArgumentNullException.ThrowIfNull(body);
        if (!body.Text.AsSpan().ContainsAny('@', '＠'))
        {
            return null;
        }

        var form = new Reading { FromAddress = fromAddress };
        form.Read(body);
        return form.Result(subject, body);
    }

    private static Field Known(ReadOnlySpan<char> label, out bool onlyForms)
    {
        Span<char> key = stackalloc char[24];
        var length = 0;
        foreach (var character in label)
        {
            var plain = character is >= '！' and <= '～' ? (char)(character - 0xFEE0) : character;
            if (plain is ' ' or '\u3000' or '\t' or '-' or '_' or '*' or '※' or '・')
            {
                continue;
            }

            // What stands in brackets after a label is a remark: （必須）, (全角).
            if (plain is '(' or '【' or '[' or '<' && length > 0)
            {
                break;
            }

            if (length == key.Length)
            {
                onlyForms = false;
                return Field.None;
            }

            key[length++] = char.ToLowerInvariant(plain);
        }

        var (field, formsOnly) = Label(key[..length]);
        onlyForms = formsOnly;
        return field;
    }

    /// <summary>The labels; the flag says that nobody writes it into a signature (お名前, お問い合わせ内容).</summary>
    private static (Field Field, bool OnlyForms) Label(ReadOnlySpan<char> key) =>
        key switch
        {
            "お名前"
            or "御名前"
            or "ご氏名"
            or "御氏名"
            or "お客様名"
            or "ご担当者名"
            or "ご担当者様名"
            or "担当者様名"
            or "お客様氏名"
            or "ご芳名"
            or "お名前漢字"
            or "yourname" => (Field.Name, true),
            "氏名" or "名前" or "担当者名" or "ご担当者" or "担当者" or "name" or "fullname" or "漢字氏名" or "投稿者" => (
                Field.Name,
                false
            ),
            "フリガナ"
            or "ふりがな"
            or "お名前フリガナ"
            or "お名前ふりがな"
            or "お名前カナ"
            or "氏名カナ"
            or "カナ"
            or "フリガナ名"
            or "お名前かな" => (Field.Other, true),
            "メールアドレス"
            or "mailaddress"
            or "emailaddress"
            or "eメールアドレス"
            or "youremail"
            or "e-mailaddress"
            or "電子メールアドレス"
            or "メルアド"
            or "ご連絡先メールアドレス"
            or "返信先メールアドレス"
            or "連絡先メールアドレス"
            or "返信先アドレス" => (Field.Address, false),
            "email" or "mail" or "メール" or "eメール" or "電子メール" or "ｅメール" or "アドレス" or "ご連絡先" => (Field.Address, false),
            "メールアドレス確認" or "メールアドレス確認用" or "確認用メールアドレス" or "メールアドレス再入力" => (Field.Other, true),
            "件名" or "題名" or "subject" or "タイトル" or "title" or "ご用件" or "用件" or "お問い合わせ件名" or "お問合せ件名" => (
                Field.Subject,
                true
            ),
            "お問い合わせ種別"
            or "お問合せ種別"
            or "お問い合わせの種類"
            or "お問い合わせ項目"
            or "お問合せ項目"
            or "種別"
            or "問い合わせ種別"
            or "お問い合わせ種類"
            or "category"
            or "カテゴリ"
            or "カテゴリー"
            or "お問い合わせ区分"
            or "お問い合わせ製品"
            or "製品名"
            or "ご希望"
            or "inquirytype" => (Field.Subject, true),
            "お問い合わせ内容"
            or "お問合せ内容"
            or "お問合わせ内容"
            or "問い合わせ内容"
            or "問合せ内容"
            or "お問い合わせ"
            or "お問合せ"
            or "内容"
            or "ご質問"
            or "ご質問内容"
            or "質問内容"
            or "ご意見"
            or "ご意見ご感想"
            or "ご要望"
            or "メッセージ"
            or "メッセージ本文"
            or "本文"
            or "コメント"
            or "備考"
            or "ご相談内容"
            or "message"
            or "comment"
            or "comments"
            or "inquiry"
            or "yourmessage"
            or "body"
            or "question"
            or "details"
            or "enquiry"
            or "お問い合わせ詳細"
            or "詳細"
            or "自由記入欄"
            or "ご用件内容"
            or "内容詳細" => (Field.Message, true),
            "お電話番号" or "ご連絡先電話番号" or "日中の連絡先" => (Field.Phone, true),
            "電話番号" or "電話" or "tel" or "phone" or "phonenumber" or "telephone" or "連絡先" or "携帯電話" or "fax" or "fax番号" => (
                Field.Phone,
                false
            ),
            "御社名" or "貴社名" or "ご所属" or "御所属" or "会社名団体名" or "貴社名団体名" => (Field.Company, true),
            "会社名"
            or "会社"
            or "団体名"
            or "企業名"
            or "所属"
            or "部署"
            or "部署名"
            or "company"
            or "companyname"
            or "organization"
            or "勤務先" => (Field.Company, false),
            "ご住所"
            or "御住所"
            or "性別"
            or "年齢"
            or "ご年齢"
            or "ご職業"
            or "職業"
            or "都道府県"
            or "送信日時"
            or "受付日時"
            or "受付番号"
            or "お問い合わせ番号"
            or "ipaddress"
            or "ipアドレス"
            or "useragent"
            or "ブラウザ"
            or "ホスト名"
            or "remoteaddr"
            or "remotehost"
            or "送信元ip"
            or "個人情報の取扱い"
            or "個人情報保護方針"
            or "同意"
            or "プライバシーポリシー"
            or "ご希望の連絡方法"
            or "gender"
            or "age"
            or "日時" => (Field.Other, true),
            "住所" or "所在地" or "郵便番号" or "url" or "address" or "役職" or "ホームページ" or "国" or "country" => (Field.Other, false),
            _ => (Field.None, false),
        };

    private sealed class Reading
    {
        private readonly StringBuilder _evidence = new();
        private readonly StringBuilder _message = new();
        private Field _seen;
        private Field _current;
        private int _labels;
        private int _formLabels;
        private int _firstLabel = -1;
        private string? _name;
        private string? _address;
        private string? _subject;

        public string? FromAddress { get; init; }

        public void Read(BodyText body)
        {
            var index = -1;
            foreach (var line in body.Text.AsSpan().EnumerateLines())
            {
                index++;
                if (index >= MaxLines)
                {
                    return;
                }

                Line(line, index);
            }
        }

        public WebFormNotice? Result(string subject, BodyText body)
        {
            if (_labels < 2 || _address is null)
            {
                return null;
            }

            // Labels nobody uses in a signature, or words of the form itself in the subject or above the first label.
            var phrase = Phrases.In(subject.AsSpan()) || Phrases.In(Lead(body));
            var shaped = (_seen & (Field.Message | Field.Name)) != Field.None;
            var enough =
                _formLabels >= 2
                || (_formLabels >= 1 && (phrase || (_seen & Field.Message) != Field.None && _labels >= 3))
                || (phrase && shaped && _labels >= 3);
            if (!enough || !shaped)
            {
                return null;
            }

            if (phrase)
            {
                _evidence.Append(" form");
            }

            var message = _message.ToString().Trim();
            return new WebFormNotice(_name, _address, _subject, message.Length == 0 ? null : message, _evidence.ToString().Trim());
        }

        private ReadOnlySpan<char> Lead(BodyText body)
        {
            var text = body.Text.AsSpan();
            var end = 0;
            for (var line = 0; line < _firstLabel && end < text.Length; line++)
            {
                var next = text[end..].IndexOf('\n');
                end = next < 0 ? text.Length : end + next + 1;
            }

            return text[..Math.Min(end, 2_000)];
        }

        private void Line(ReadOnlySpan<char> line, int index)
        {
            var trimmed = line.Trim(" \u3000\t");
            if (trimmed.IsEmpty)
            {
                if (_current == Field.Message && _message.Length is > 0 and < MaxMessage)
                {
                    _message.Append('\n');
                }

                return;
            }

            if (trimmed.Length <= MaxValue && Cut(trimmed, out var label, out var value))
            {
                var field = Known(label, out var onlyForms);
                if (field != Field.None && !(_current == Field.Message && !onlyForms && _formLabels > 0 && (_seen & field) != Field.None))
                {
                    _firstLabel = _firstLabel < 0 ? index : _firstLabel;
                    _labels++;
                    _formLabels += onlyForms ? 1 : 0;
                    _evidence.Append(_evidence.Length is > 0 and < 200 ? ", " : "").Append(_evidence.Length < 200 ? label.Trim() : default);
                    _current = field;
                    _seen |= field;
                    Take(value);
                    return;
                }
            }

            if (IsRule(trimmed))
            {
                // A rule right under the label of the message frames it; one after text ends it.
                _current = _current == Field.Message && _message.Length == 0 ? _current : Field.None;
                return;
            }

            Take(trimmed);
        }

        private void Take(ReadOnlySpan<char> value)
        {
            value = value.Trim(" \u3000\t");
            if (value.IsEmpty)
            {
                return;
            }

            var shorter = value[..Math.Min(value.Length, MaxValue)];
            switch (_current)
            {
                case Field.Message:
                    if (_message.Length < MaxMessage)
                    {
                        _message.Append(value[..Math.Min(value.Length, MaxMessage - _message.Length)]).Append('\n');
                    }

                    return;
                case Field.Name:
                    _name ??= new string(shorter);
                    break;
                case Field.Subject:
                    _subject ??= new string(shorter);
                    break;
                case Field.Address
                or Field.Phone
                or Field.Other when _address is null && (_current == Field.Address || (_seen & Field.Address) == Field.None):
                    _address = Address(shorter);
                    break;
                default:
                    break;
            }

            // One value a label, except for the message.
            _current = Field.None;
        }

        private static string? Address(ReadOnlySpan<char> value)
        {
            var half = value.Contains('＠') ? UnicodeForms.Nfkc(new string(value)) : new string(value);
            var (_, address) = AttributionReader.Mailbox(half);
            return address is not null && address.LastIndexOf('@') is var at && at > 0 && address.IndexOf('.', at) > at ? address : null;
        }

        /// <summary>Takes a line apart into label and value, in all shapes forms write.</summary>
        private static bool Cut(ReadOnlySpan<char> line, out ReadOnlySpan<char> label, out ReadOnlySpan<char> value)
        {
            var start = char.IsAsciiLetterOrDigit(line[0]) ? line : line.TrimStart("■□◆◇●○◎★☆▼▽▲△・*※-―ー>＞# 　");
            var decorated = start.Length < line.Length;
            var close = start.IsEmpty
                ? '\0'
                : start[0] switch
                {
                    '[' => ']',
                    '［' => '］',
                    '【' => '】',
                    '〔' => '〕',
                    '<' => '>',
                    '＜' => '＞',
                    '「' => '」',
                    '『' => '』',
                    '(' => ')',
                    '（' => '）',
                    '≪' => '≫',
                    '《' => '》',
                    '〈' => '〉',
                    _ => '\0',
                };
            if (close != '\0')
            {
                var end = start.IndexOf(close);
                label = end > 1 ? start[1..end] : default;
                value = end > 1 ? start[(end + 1)..].TrimStart("　 \t:：=＝") : default;
                return end is > 1 and <= 40;
            }

            var mark = start.IndexOfAny(":：=＝\t");
            if (mark is > 0 and <= 40)
            {
                label = start[..mark];
                value = start[(mark + 1)..].TrimStart("　 \t:：=＝>＞");
                return true;
            }

            // "■お名前" with the value on the next line; without decoration only a label that stands alone.
            label = start.TrimEnd("　 ");
            value = default;
            return label.Length is >= 2 and <= 24 && (decorated || !label.ContainsAny(" 。、.,"));
        }

        private static bool IsRule(ReadOnlySpan<char> line) => line.Length >= 4 && !line.ContainsAnyExcept(RuleMarks);
    }
}
