using System.Security.Cryptography;
using Noroshi.MailAnatomy.Wire;

namespace Noroshi.MailAnatomy;

/// <summary>Takes bytes apart.</summary>
public static class Dissector
{
    /// <summary>Takes bytes apart and emits the facts of each member.</summary>
    public static void Dissect(
        ReadOnlyMemory<byte> bytes,
        DissectionRequest request,
        Func<double> elapsedMilliseconds,
        Action<AnatomyFrame> emit)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(emit);
        var sha256 = Convert.ToHexStringLower(SHA256.HashData(bytes.Span));
        emit(new AnatomyFrame(request.Name, 0, new MailFacts { Sha256 = sha256, Size = bytes.Length }, null));
    }
}
