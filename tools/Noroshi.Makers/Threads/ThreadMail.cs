using System.Globalization;
using System.Text;
using Noroshi.Makers.Corpus;

namespace Noroshi.Makers.Threads;

/// <summary>Writes the mails of one thread as bytes, each answering the one before.</summary>
internal sealed class ThreadMail(ThreadPeople people, string subject, ThreadStyle style, string name)
{
    private readonly List<string> _ids = [];
    private (string From, DateTimeOffset At, string Text)? _last;

    /// <summary>A mail.</summary>
    /// <param name="way">Word of the way in the shape.</param>
    /// <param name="message">What its author knows of it.</param>
    /// <param name="file">Attachment; null for none.</param>
    public byte[] Write(string way, AuthoredMessage message, (string Name, byte[] Content)? file)
    {
        var (from, to) = Ends(way);
        var inbound = message.Way == AuthoredWay.In;
        var body = Body(way, message, inbound);
        var mail = new MailMaker();
        var sent = inbound ? message.At.AddSeconds(-12) : message.At;
        if (style.Received && way != "hidden-in")
        {
            Received(mail, way, message.At);
        }

        mail.Header("Date", sent.ToString("ddd, dd MMM yyyy HH:mm:ss +0900", CultureInfo.InvariantCulture))
            .Header("From", from)
            .Header("To", to)
            .Header("Subject", Encoded(Subject(way)));
        var id = $"{_ids.Count + 1}.{HonestFiles.Latin(name)}@{Domain(from)}";
        mail.Header("Message-ID", $"<{id}>");
        if (_ids.Count > 0 && style.References)
        {
            mail.Header("In-Reply-To", $"<{_ids[^1]}>").Header("References", string.Join("\r\n ", _ids.Select(one => $"<{one}>")));
        }

        if (message.Automatic)
        {
            mail.Header("Auto-Submitted", "auto-replied");
        }

        mail.Header("MIME-Version", "1.0");
        var done = file is { } attached
            ? mail.Mixed(body, style.Encoding, style.Charset, (attached.Name, attached.Content)).Done()
            : mail.Header("Content-Type", $"text/plain; charset={style.Charset}")
                .Header("Content-Transfer-Encoding", style.Charset is "utf-8" or "shift_jis" ? "8bit" : "7bit")
                .Body(body + "\n", style.Encoding)
                .Done();
        // What a program answers is not what people quote.
        if (!message.Automatic && way != "int")
        {
            _ids.Add(id);
            _last = (way == "form" ? people.PersonAddress : from, sent, body);
        }

        return done;
    }

    private (string From, string To) Ends(string way)
    {
        var person = $"{Encoded(people.Person)} <{people.PersonAddress}>";
        var domain = people.Organization.Domain;
        return way switch
        {
            "in" or "auto-in" or "hidden-in" => (person, people.Window),
            "form" => ($"www@{domain}", people.Window),
            "int" => (people.Window, $"engineering@{domain}"),
            "contractor" => ($"desk@{people.Organization.ContractorDomain}", person),
            _ => ($"{Encoded(people.OrganizationName)} <{people.Window}>", person),
        };
    }

    private string Subject(string way) =>
        way == "auto-out" ? (style.Charset == "us-ascii" || IsEnglish ? $"Auto-reply: {subject}" : $"自動応答: {subject}")
        : way == "auto-in" ? (IsEnglish ? "Out of office: " + subject : "不在のお知らせ")
        : way == "form" ? (IsEnglish ? "[form] " + subject : $"【お問い合わせフォーム】{subject}")
        : way == "int" ? "Fw: " + subject
        : _ids.Count == 0 ? subject
        : style.Reply + subject;

    private bool IsEnglish => Ascii.IsValid(people.Person);

    private string Body(string way, AuthoredMessage message, bool inbound)
    {
        if (way == "form")
        {
            return Form(message.Text);
        }

        var text = message.Text + (style.Signature && !message.Automatic ? Signature(inbound) : "");
        var quotes = _last is { } && !message.Automatic ? (inbound ? style.Outsider : style.Window) : QuoteStyle.None;
        return _last is not { } last
            ? text
            : quotes switch
            {
                QuoteStyle.None => text,
                QuoteStyle.Below =>
                    $"{text}\n\n-----Original Message-----\nFrom: {Plain(last.From)}\nSent: {last.At.ToString("ddd, MMM d, yyyy h:mm tt", CultureInfo.InvariantCulture)}\nTo: {Plain(Ends(way).From)}\nSubject: {subject}\n\n{last.Text}",
                QuoteStyle.MarkedBelow => $"{text}\n\n{Attribution(last)}\n{Marked(last.Text)}",
                QuoteStyle.Above => $"{Attribution(last)}\n{Marked(last.Text)}\n\n{text}",
            };
    }

    private string Form(string text) =>
        IsEnglish
            ? $"The contact form submitted the following.\n\nName: {people.Person}\nE-mail: {people.PersonAddress}\nSubject: {subject}\nMessage:\n{text}\n"
            : $"ホームページのお問い合わせフォームから、以下の内容で送信されました。\n\nお名前：{people.Person}\nメールアドレス：{people.PersonAddress}\n件名：{subject}\nお問い合わせ内容：\n{text}\n";

    private string Signature(bool inbound) =>
        inbound
            ? $"\n\n-- \n{people.Person}\n{people.PersonOrganization}\nE-mail: {people.PersonAddress}{(people.FreeMail ? "" : $"\nhttp://www.{people.PersonDomain}/")}"
            : $"\n\n----------------------------------------\n{people.OrganizationName}  {people.Staff}\nTEL 03-0000-0000\nE-mail: {people.Window}\nhttp://www.{people.Organization.Domain}/\n----------------------------------------";

    private string Attribution((string From, DateTimeOffset At, string Text) last) =>
        IsEnglish
            ? $"On {last.At.ToString("ddd, MMM d, yyyy 'at' h:mm tt", CultureInfo.InvariantCulture)}, {Plain(last.From)} wrote:"
            : $"{last.At.ToString("yyyy年M月d日 H:mm", CultureInfo.InvariantCulture)} {Plain(last.From)}:";

    /// <summary>The sender as an attribution has it: name decoded.</summary>
    private string Plain(string from) =>
        from.Contains(people.PersonAddress, StringComparison.Ordinal) ? $"{people.Person} <{people.PersonAddress}>"
        : from.Contains(people.Window, StringComparison.Ordinal) ? $"{people.OrganizationName} <{people.Window}>"
        : from;

    private static string Marked(string text) => string.Join('\n', text.Split('\n').Select(line => "> " + line));

    private void Received(MailMaker mail, string way, DateTimeOffset at)
    {
        var domain = people.Organization.Domain;
        var time = at.ToString("ddd, dd MMM yyyy HH:mm:ss +0900", CultureInfo.InvariantCulture);
        var own = people.Organization.Network.Split('/')[0];
        var inner = string.Concat(own.AsSpan(0, own.LastIndexOf('.') + 1), "5");
        mail.Header(
            "Received",
            way is "in" or "auto-in"
                ? $"from mail.{people.PersonDomain} (mail.{people.PersonDomain} [198.51.100.{(people.PersonAddress.Length * 7 % 200) + 1}]) by mx.{domain} (Postfix) with ESMTP id 3A{_ids.Count}F; {time}"
                : $"from pc.{domain} (pc.{domain} [{inner}]) by mx.{domain} (Postfix) with ESMTP id 7B{_ids.Count}C; {time}"
        );
    }

    private string Encoded(string text) =>
        Ascii.IsValid(text) ? text
        : style.Charset == "utf-8" ? MailMaker.Word(text, "UTF-8", Encoding.UTF8)
        : MailMaker.Word(text);

    private static string Domain(string from) => from[(from.IndexOf('@', StringComparison.Ordinal) + 1)..].TrimEnd('>');
}
