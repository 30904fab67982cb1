using Noroshi.Server.Smtp.Reception;

namespace Noroshi.Server.Smtp.Protocol;

/// <summary>One mail from MAIL to its end.</summary>
internal sealed class SmtpTransaction(SmtpPath from, MailParameters parameters, MessageBuffer content) : IDisposable
{
    private readonly List<IntakeGrant> _recipients = [];

    public SmtpPath From => from;

    public MailParameters Parameters => parameters;

    public MessageBuffer Content => content;

    /// <summary>Accepted recipients, each once.</summary>
    public IReadOnlyList<IntakeGrant> Recipients => _recipients;

    /// <summary>RCPT commands that were accepted, repetitions included.</summary>
    public int Accepted { get; private set; }

    public void Add(IntakeGrant recipient)
    {
        Accepted++;
        if (!_recipients.Contains(recipient))
        {
            _recipients.Add(recipient);
        }
    }

    public void Dispose() => content.Dispose();
}
