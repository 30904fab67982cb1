using Noroshi.Hub.Sharing.Approvals;
using Noroshi.Hub.Storage;
using Noroshi.Server.Registers;
using Noroshi.Server.Sharing;

namespace Noroshi.Server.Portal.Provisions;

/// <summary>How far provisions are on their way to being shared, as of now.</summary>
internal sealed class Progress
{
    private readonly HashSet<string> _drafted = new(StringComparer.Ordinal);
    private readonly HashSet<string> _approved = new(StringComparer.Ordinal);
    private readonly HashSet<string> _shared = new(StringComparer.Ordinal);

    /// <summary>Reads where things stand.</summary>
    public Progress(Register<DraftFile> drafts, Register<Approval> approvals, Register<ReleaseFile> releases)
    {
        foreach (var one in drafts.All)
        {
            _drafted.UnionWith(one.Value.Draft.Provisions());
        }

        foreach (var one in approvals.All.Where(one => one.Value.State == ApprovalState.Approved))
        {
            _approved.UnionWith(one.Value.Provisions);
        }

        foreach (var one in releases.All)
        {
            _shared.UnionWith(one.Value.Provisions);
        }
    }

    /// <summary>Steps that are done behind the analysis: 0 to 3.</summary>
    public int Of(ProvisionId provision)
    {
        var id = provision.ToString();
        return _shared.Contains(id) ? 3
            : _approved.Contains(id) ? 2
            : _drafted.Contains(id) ? 1
            : 0;
    }
}
