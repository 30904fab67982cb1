using Noroshi.Server.Smtp.Reception;

namespace Noroshi.Server.Smtp.Protocol;

/// <summary>What all connections share.</summary>
internal sealed class SmtpServices(SmtpOptions options, ISmtpReception reception, TimeProvider clock, ILogger<SmtpServices> log)
{
    public SmtpOptions Options => options;

    public ISmtpReception Reception => reception;

    public TimeProvider Clock => clock;

    public ILogger Log => log;

    /// <summary>Memory of large mails.</summary>
    public MemoryBudget Memory { get; } = new(options.MemoryBytes, clock);

    /// <summary>The door.</summary>
    public SmtpGate Gate { get; } = new(options, clock);
}
