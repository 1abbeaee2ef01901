//! Writes PDF files.

/// A file that grows by objects. The first three are the catalog, the pages and the resources that every page has.
pub(super) struct PdfFile {
    objects: Vec<Vec<u8>>,
    pages: Vec<usize>,
    /// More entries of the catalog, of the resources and of the trailer.
    pub catalog: String,
    pub resources: String,
    pub trailer: String,
}

impl PdfFile {
    pub(super) fn new() -> Self {
        Self {
            objects: vec![Vec::new(); 3],
            pages: Vec::new(),
            catalog: String::new(),
            resources: String::new(),
            trailer: String::new(),
        }
    }

    /// Adds an object, and gives its number.
    pub(super) fn object(&mut self, body: impl Into<Vec<u8>>) -> usize {
        self.objects.push(body.into());
        self.objects.len()
    }

    /// Adds a stream with these entries, and gives its number.
    pub(super) fn stream(&mut self, entries: &str, data: &[u8]) -> usize {
        let mut body = format!("<< {entries} /Length {} >>\nstream\n", data.len()).into_bytes();
        body.extend_from_slice(data);
        body.extend_from_slice(b"\nendstream");
        self.object(body)
    }

    /// Adds a page of 600 by 800 points, with more entries and this content.
    pub(super) fn page(&mut self, entries: &str, content: &str) -> &mut Self {
        let content = self.stream("", content.as_bytes());
        // An entry that stands twice counts as it stands last.
        let entries = format!("<< /Type /Page /Parent 2 0 R /Contents {content} 0 R {entries} >>");
        let page = self.object(entries);
        self.pages.push(page);
        self
    }

    pub(super) fn bytes(&self) -> Vec<u8> {
        let kids: Vec<_> = self.pages.iter().map(|page| format!("{page} 0 R")).collect();
        let mut objects = self.objects.clone();
        objects[0] = format!("<< /Type /Catalog /Pages 2 0 R {} >>", self.catalog).into_bytes();
        objects[1] = format!(
            "<< /Type /Pages /Kids [{}] /Count {} /MediaBox [0 0 600 800] /Resources 3 0 R >>",
            kids.join(" "),
            kids.len()
        )
        .into_bytes();
        let fonts = "/F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> \
                     /F2 << /Type /Font /Subtype /Type1 /BaseFont /Times-Roman >>";
        let fonts = match self.resources.strip_prefix("/Font") {
            Some(more) => format!("/Font << {fonts} {more}"),
            None => format!("/Font << {fonts} >> {}", self.resources),
        };
        objects[2] = format!("<< {fonts} >>").into_bytes();
        let mut bytes = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n".to_vec();
        let mut places = Vec::new();
        for (index, object) in objects.iter().enumerate() {
            places.push(bytes.len());
            bytes.extend_from_slice(format!("{} 0 obj\n", index + 1).as_bytes());
            bytes.extend_from_slice(object);
            bytes.extend_from_slice(b"\nendobj\n");
        }
        let table = bytes.len();
        bytes.extend_from_slice(format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1).as_bytes());
        for place in places {
            bytes.extend_from_slice(format!("{place:010} 00000 n \n").as_bytes());
        }
        let trailer = format!("/Size {} /Root 1 0 R {}", objects.len() + 1, self.trailer);
        bytes.extend_from_slice(format!("trailer\n<< {trailer} >>\nstartxref\n{table}\n%%EOF\n").as_bytes());
        bytes
    }
}
