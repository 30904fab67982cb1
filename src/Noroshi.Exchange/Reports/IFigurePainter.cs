using Noroshi.Hub.Figures;

namespace Noroshi.Exchange.Reports;

/// <summary>Paints figures for formats that take no SVG.</summary>
public interface IFigurePainter
{
    /// <summary>PNG on white, two pixels for each of the figure's; null where nothing on this machine can paint.</summary>
    Task<byte[]?> PngAsync(Figure figure, CancellationToken cancellation);
}

/// <summary>Paints nothing: formats then print the numbers of figures.</summary>
public sealed class NoPainter : IFigurePainter
{
    /// <inheritdoc/>
    public Task<byte[]?> PngAsync(Figure figure, CancellationToken cancellation) => Task.FromResult<byte[]?>(null);
}
