namespace Noroshi.MailAnatomy.FileTypes.Traits;

public static partial class TraitKinds
{
    /// <summary>Pictures.</summary>
    public static class Images
    {
        /// <summary>Pixels, width x height.</summary>
        public static readonly TraitKind Size = new("imageSize", TraitWeight.Descriptive, "画像の大きさ(ピクセル)", "Picture size, pixels");

        /// <summary>Maker and model of the camera.</summary>
        public static readonly TraitKind Camera = new("camera", TraitWeight.Personal, "カメラの機種", "Camera");

        /// <summary>Serial number of the camera.</summary>
        public static readonly TraitKind CameraSerial = new(
            "cameraSerial",
            TraitWeight.Unique,
            "カメラの製造番号",
            "Serial number of the camera"
        );

        /// <summary>Whether the place of the shot is stored.</summary>
        public static readonly TraitKind Place = new("gps", TraitWeight.Descriptive, "撮影場所の記録", "Place of the shot");
    }
}
