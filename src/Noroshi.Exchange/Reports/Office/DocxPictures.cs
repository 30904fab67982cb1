using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Wordprocessing;
using Noroshi.Hub.Reports.Documents;
using A = DocumentFormat.OpenXml.Drawing;
using Dw = DocumentFormat.OpenXml.Drawing.Wordprocessing;
using Pic = DocumentFormat.OpenXml.Drawing.Pictures;
using Run = DocumentFormat.OpenXml.Wordprocessing.Run;

namespace Noroshi.Exchange.Reports.Office;

/// <summary>Painted figures within the text, as wide as it.</summary>
internal sealed class DocxPictures(MainDocumentPart main, Dictionary<string, byte[]> pictures)
{
    // English metric units of a twentieth of a point.
    private const long Unit = 635;

    private uint _number;

    /// <summary>The picture of a figure; null where nothing painted it.</summary>
    public Run? Of(ChartBlock chart)
    {
        if (!pictures.TryGetValue(chart.Id, out var png))
        {
            return null;
        }

        var number = ++_number;
        var id = FormattableString.Invariant($"rIdPicture{number}");
        var part = main.AddNewPart<ImagePart>("image/png", id);
        using (var stream = new MemoryStream(png))
        {
            part.FeedData(stream);
        }

        var width = DocxFrame.TextWidth * Unit;
        var height = (long)(width * chart.Picture.Height / chart.Picture.Width);
        var name = FormattableString.Invariant($"figure-{number}.png");
        var inline = new Dw.Inline(
            new Dw.Extent { Cx = width, Cy = height },
            new Dw.EffectExtent
            {
                LeftEdge = 0L,
                TopEdge = 0L,
                RightEdge = 0L,
                BottomEdge = 0L,
            },
            new Dw.DocProperties
            {
                Id = number,
                Name = name,
                Title = OfficePackage.Line(chart.Caption),
                Description = OfficePackage.Line(chart.Description),
            },
            new Dw.NonVisualGraphicFrameDrawingProperties(new A.GraphicFrameLocks { NoChangeAspect = true }),
            new A.Graphic(
                new A.GraphicData(
                    new Pic.Picture(
                        new Pic.NonVisualPictureProperties(
                            new Pic.NonVisualDrawingProperties { Id = number, Name = name },
                            new Pic.NonVisualPictureDrawingProperties()
                        ),
                        new Pic.BlipFill(new A.Blip { Embed = id }, new A.Stretch(new A.FillRectangle())),
                        new Pic.ShapeProperties(
                            new A.Transform2D(new A.Offset { X = 0L, Y = 0L }, new A.Extents { Cx = width, Cy = height }),
                            new A.PresetGeometry(new A.AdjustValueList()) { Preset = A.ShapeTypeValues.Rectangle }
                        )
                    )
                )
                {
                    Uri = "http://schemas.openxmlformats.org/drawingml/2006/picture",
                }
            )
        )
        {
            DistanceFromTop = 0U,
            DistanceFromBottom = 0U,
            DistanceFromLeft = 0U,
            DistanceFromRight = 0U,
        };
        return new Run(new Drawing(inline));
    }
}
