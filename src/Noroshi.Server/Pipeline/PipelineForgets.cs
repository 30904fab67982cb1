using Noroshi.Server.Pipeline.Steps;
using Noroshi.Server.Registers;

namespace Noroshi.Server.Pipeline;

/// <summary>The pipeline's memory of erased provisions ends: situation, mails taken apart a moment ago, mails that wait for a password.</summary>
internal sealed class PipelineForgets(HubSituation situation, PipelineTools tools) : IForgets
{
    /// <inheritdoc/>
    public Task ForgetAsync(Erased erased, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(erased);
        tools.Fresh.Forget(erased.Provisions, erased.Mails);
        tools.Seconds.Forget(erased.Provisions);
        return situation.ForgetAsync(erased.Provisions, cancellation);
    }
}
